import { ruleDefinition, rulePreview } from "#lib/driving/rules/schema";
import { previewRule } from "#lib/driving/rules/service/preview-rule";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "What a rule would have found in the last seven days on record; nothing is stored",
    body: ruleDefinition,
    response: rulePreview,
    status: 200,
  },
  ({ ctx, input }) => previewRule(ctx, input.body),
);
