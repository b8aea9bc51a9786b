import { z } from "zod";

const name = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, "a letter, then letters, digits and _, at most 40");
const words = { label: z.string().max(80).optional(), hint: z.string().max(300).optional() };

/** One field of the form people fill in before a run; its value reaches the app in parameters.json. */
export const appParameter = z.discriminatedUnion("type", [
  z.strictObject({
    name,
    ...words,
    type: z.enum(["number", "integer"]),
    unit: z.string().max(20).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    default: z.number(),
  }),
  z.strictObject({ name, ...words, type: z.literal("text"), default: z.string().max(2000).default("") }),
  z.strictObject({ name, ...words, type: z.literal("boolean"), default: z.boolean().default(false) }),
  z.strictObject({
    name,
    ...words,
    type: z.literal("choice"),
    choices: z.array(z.string().max(100)).min(1).max(50),
    default: z.string().optional(),
  }),
]);
export type AppParameter = z.output<typeof appParameter>;

/** Checks values against an app's parameters; the form and the run use the same rules. Unknown names are refused. */
export function parametersSchema(parameters: readonly AppParameter[]) {
  return z.strictObject(Object.fromEntries(parameters.map((parameter) => [parameter.name, fieldOf(parameter)])));
}

function fieldOf(parameter: AppParameter): z.ZodType {
  const { label = parameter.name, hint } = parameter;
  const meta = { title: label, ...(hint ? { description: hint } : {}) };
  switch (parameter.type) {
    case "number":
    case "integer": {
      let schema = parameter.type === "integer" ? z.number().int() : z.number();
      if (parameter.min !== undefined) schema = schema.min(parameter.min);
      if (parameter.max !== undefined) schema = schema.max(parameter.max);
      return schema.default(parameter.default).meta({ ...meta, ...(parameter.unit ? { unit: parameter.unit } : {}) });
    }
    case "text":
      return z.string().max(2000).default(parameter.default).meta(meta);
    case "boolean":
      return z.boolean().default(parameter.default).meta(meta);
    case "choice":
      return z
        .enum(parameter.choices)
        .default(parameter.default ?? parameter.choices[0] ?? "")
        .meta(meta);
  }
}
