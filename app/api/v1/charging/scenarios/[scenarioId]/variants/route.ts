import { newVariant, scenario } from "#lib/charging/scenarios/schema";
import { saveVariant } from "#lib/charging/scenarios/service/save-scenario";
import { scenarioParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Change assumptions of a scenario: a new one with the stored or a computed result",
    params: scenarioParams,
    body: newVariant,
    response: scenario,
    status: 201,
    audit: "scenario.varied",
  },
  async ({ ctx, input }) => scenario.parse(await saveVariant(ctx, input.params.scenarioId, input.body)),
);
