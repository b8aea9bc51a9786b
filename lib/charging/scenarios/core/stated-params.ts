import type { FormField } from "#lib/forms/fields-of";
import type { Stated } from "./readings/reading.ts";

/** Parameters and inputs of a run in words: what was not given stands at its default. */
export function statedParams(fields: readonly FormField[], values: Readonly<Record<string, unknown>>): Stated[] {
  return fields.map(({ name, label, unit, default: usual }) => ({
    ...{ name: label, unit: unit ?? "" },
    value: wordsOf(values[name] ?? usual ?? null),
  }));
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
