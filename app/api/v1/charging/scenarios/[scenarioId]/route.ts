import { changeScenario as changeScenarioInput, scenario } from "#lib/charging/scenarios/schema";
import { changeScenario } from "#lib/charging/scenarios/service/change-scenario";
import { getScenario } from "#lib/charging/scenarios/service/get-scenario";
import { scenarioParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  { access: "charging:read", tag: "Charging", summary: "A scenario", params: scenarioParams, response: scenario },
  async ({ ctx, input }) => scenario.parse(await getScenario(ctx, input.params.scenarioId)),
);

export const PATCH = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Rename, tag, annotate or archive a scenario",
    params: scenarioParams,
    body: changeScenarioInput,
    response: scenario,
    audit: "scenario.changed",
  },
  async ({ ctx, input }) => scenario.parse(await changeScenario(ctx, input.params.scenarioId, input.body)),
);
