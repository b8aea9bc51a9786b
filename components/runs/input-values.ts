import type { FormField } from "#lib/forms/fields-of";

/** Inputs as a person types them; an instant (`…Ms`) as day and time in UTC, a list by commas or lines. */
export type InputDrafts = Readonly<Record<string, string>>;

export function isInstant(field: FormField): boolean {
  return (field.kind === "number" || field.kind === "integer") && field.name.endsWith("Ms");
}

/** What stands in each input at first. */
export function inputDrafts(fields: readonly FormField[], values: Record<string, unknown>): InputDrafts {
  return Object.fromEntries(fields.map((field) => [field.name, draftOf(field, values[field.name] ?? field.default)]));
}

function draftOf(field: FormField, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "number" && isInstant(field)) return new Date(value).toISOString().slice(0, 16);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The inputs to send; what was left empty is missing, so that its default stands. */
export function readInputs(fields: readonly FormField[], drafts: InputDrafts): Record<string, unknown> {
  const entries = fields.flatMap((field): [string, unknown][] => {
    const text = (drafts[field.name] ?? "").trim();
    return text === "" ? [] : [[field.name, readInput(field, text)]];
  });
  return Object.fromEntries(entries);
}

function readInput(field: FormField, text: string): unknown {
  if (isInstant(field)) return Date.parse(`${text}Z`);
  if (field.kind === "number" || field.kind === "integer") return Number(text);
  if (field.kind !== "list-of-text") return text;
  return splitIds(text);
}

export function splitIds(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
