import { z } from "zod";

export type FieldKind = "number" | "integer" | "text" | "boolean" | "select" | "list-of-text" | "unsupported";
export type FieldValue = number | string | boolean | null | readonly string[];

export interface FieldOption {
  value: string | number | boolean;
  label: string;
  /** This installation lacks what it needs. */
  disabled?: true;
}

/** What an id names, so that people choose instead of typing. */
const reference = z.object({
  to: z.string(),
  /** Kinds of datasets or uploads, algorithms of runs; what a domain keeps has none. */
  kinds: z.array(z.string()),
});
export type FieldReference = z.output<typeof reference>;

/** One input of a form. Limits are in `unit`; those of texts and lists count characters and entries. */
export interface FormField {
  name: string;
  /** RFC 6901, from the object the schema describes: `/powerKw`. */
  pointer: string;
  label: string;
  kind: FieldKind;
  /** Must be answered: neither a default nor null stands for it. */
  required: boolean;
  /** An empty input means null. */
  nullable: boolean;
  default?: FieldValue;
  unit?: string;
  hint?: string;
  min?: number;
  max?: number;
  minExclusive?: boolean;
  maxExclusive?: boolean;
  step?: number;
  /** The choices of "select", and of a "list-of-text" that is not free. */
  options?: FieldOption[];
  /** What the id, or each id of a list, names. */
  refersTo?: FieldReference;
  /** A text that is a calendar day, `2026-11-18`. */
  format?: "date";
}

const meta = {
  label: z.string().optional(),
  title: z.string().optional(),
  unit: z.string().optional(),
  hint: z.string().optional(),
  description: z.string().optional(),
  refersTo: reference.optional(),
  /** What an option needs of the installation. */
  optionNeeds: z.record(z.string(), z.string()).optional(),
};
const leaf = z.object({
  ...meta,
  type: z.union([z.string(), z.array(z.string())]).optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  format: z.string().optional(),
});
// As deep as a form reads: a nullable choice of constants, a list of chosen texts. Deeper ones are unsupported.
const plain = leaf.extend({ items: leaf.optional() });
const choice = plain.extend({ anyOf: z.array(plain).optional() });
const jsonNode = plain.extend({ anyOf: z.array(choice).optional() });
type JsonNode = z.output<typeof jsonNode>;
const jsonObject = z.object({
  properties: z.record(z.string(), jsonNode).default({}),
  required: z.array(z.string()).default([]),
});
const fieldValue = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.string())]);
const optionValue = z.union([z.string(), z.number(), z.boolean()]);

/**
 * The fields of a form for an object, in the order of its members.
 *
 * @param jsonSchema output of `z.toJSONSchema(schema, { io: "input" })` of an object whose members carry
 *   `.meta({ label, unit, hint })`. Members without an input of their own are of kind "unsupported".
 * @param missing what the installation lacks: options that need it (`.meta({ optionNeeds })`) cannot be chosen.
 * @throws ZodError when it is no JSON Schema of an object.
 */
export function fieldsOf(jsonSchema: unknown, missing: readonly string[] = []): FormField[] {
  const { properties, required } = jsonObject.parse(jsonSchema);
  return Object.entries(properties).map(([name, node]) => {
    const field = fieldOf(name, node, required.includes(name));
    const needs = node.optionNeeds ?? {};
    const options = field.options?.map((option) =>
      missing.includes(needs[String(option.value)] ?? "")
        ? { ...option, label: `${option.label} (not set up here)`, disabled: true as const }
        : option,
    );
    return { ...field, options };
  });
}

/** The fields of a form for an object that a zod schema describes. */
export function fieldsOfSchema(schema: z.ZodType): FormField[] {
  return fieldsOf(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }));
}

function fieldOf(name: string, outer: JsonNode, isListed: boolean): FormField {
  const { node, nullable } = withoutNull(outer);
  const shape = shapeOf(node, nullable);
  const start = fieldValue.safeParse(outer.default);
  return {
    name,
    pointer: pointerTo(name),
    label: outer.label ?? outer.title ?? node.label ?? sentenceOf(name),
    unit: outer.unit ?? node.unit,
    hint: outer.hint ?? outer.description ?? node.hint ?? node.description,
    refersTo: outer.refersTo ?? node.refersTo,
    ...shape,
    nullable,
    default: start.data,
    required: isListed && !nullable && outer.default === undefined,
  };
}

/** Splits “or null” off: `anyOf: [x, null]` and `type: ["string", "null"]`. */
function withoutNull(node: JsonNode): { node: JsonNode; nullable: boolean } {
  if (Array.isArray(node.type)) {
    const types = node.type.filter((type) => type !== "null");
    return {
      node: { ...node, type: types.length === 1 ? types[0] : types },
      nullable: types.length < node.type.length,
    };
  }
  if (node.anyOf === undefined) return { node, nullable: false };
  const rest = node.anyOf.filter((branch) => branch.type !== "null");
  const only = rest.length === 1 ? rest[0] : undefined;
  return { node: only ?? { ...node, anyOf: rest }, nullable: rest.length < node.anyOf.length };
}

type Shape = Pick<FormField, "kind"> & Partial<FormField>;

function shapeOf(node: JsonNode, nullable: boolean): Shape {
  const options = optionsOf(node);
  if (options) return { kind: "select", options };
  switch (node.type) {
    case "number":
    case "integer":
      return { kind: node.type, ...limitsOf(node) };
    case "string":
      return {
        kind: "text",
        min: node.minLength,
        max: node.maxLength,
        format: node.format === "date" ? "date" : undefined,
      };
    case "boolean":
      // A box has two states; with null there are three.
      return nullable ? { kind: "select", options: [true, false].map(toOption) } : { kind: "boolean" };
    case "array":
      if (node.items?.type !== "string") return { kind: "unsupported" };
      return { kind: "list-of-text", options: optionsOf(node.items), min: node.minItems, max: node.maxItems };
    case undefined:
    default:
      return { kind: "unsupported" };
  }
}

function optionsOf(node: JsonNode): FieldOption[] | undefined {
  const values = node.enum ?? (node.const === undefined ? node.anyOf?.flatMap(constantsOf) : [node.const]);
  if (values === undefined || values.length === 0) return undefined;
  const parsed = z.array(optionValue).safeParse(values.filter((value) => value !== null));
  return parsed.success ? parsed.data.map(toOption) : undefined;
}

/** An object never equals an option value, so a branch that is no constant makes the whole list fail. */
function constantsOf(branch: JsonNode): unknown[] {
  return branch.const === undefined ? (branch.enum ?? [{}]) : [branch.const];
}

function limitsOf(node: JsonNode): Partial<FormField> {
  // zod bounds integers by what a double holds exactly; that is no limit anybody set.
  const set = (limit: number | undefined) =>
    limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit;
  const min = set(node.minimum);
  const max = set(node.maximum);
  const isMinExclusive = node.exclusiveMinimum !== undefined && (min === undefined || node.exclusiveMinimum >= min);
  const isMaxExclusive = node.exclusiveMaximum !== undefined && (max === undefined || node.exclusiveMaximum <= max);
  return {
    min: isMinExclusive ? node.exclusiveMinimum : min,
    max: isMaxExclusive ? node.exclusiveMaximum : max,
    minExclusive: isMinExclusive || undefined,
    maxExclusive: isMaxExclusive || undefined,
    step: node.multipleOf,
  };
}

function toOption(value: FieldOption["value"]): FieldOption {
  if (typeof value === "boolean") return { value, label: value ? "yes" : "no" };
  return { value, label: typeof value === "string" ? value.replaceAll(/[_-]+/g, " ") : String(value) };
}

/** `falseAlarmsPerMonth` → `False alarms per month`. */
function sentenceOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
