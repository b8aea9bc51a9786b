import { newScenario, scenario, scenariosQuery } from "#lib/charging/scenarios/schema";
import { listScenarios } from "#lib/charging/scenarios/service/list-scenarios";
import { saveScenario } from "#lib/charging/scenarios/service/save-scenario";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "charging:read",
    tag: "Charging",
    summary: "Scenarios, the newest first",
    query: scenariosQuery,
    response: pageOf(scenario),
  },
  ({ ctx, input }) => listScenarios(ctx, input.query),
);

export const POST = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Keep a run as a scenario",
    body: newScenario,
    response: scenario,
    status: 201,
    audit: "scenario.saved",
  },
  async ({ ctx, input }) => scenario.parse(await saveScenario(ctx, input.body)),
);
