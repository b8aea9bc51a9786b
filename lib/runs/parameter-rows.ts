import { formatNumber, formatRange } from "#lib/format/numbers";
import { countOf } from "#lib/format/lists";

export interface ParameterRow {
  name: string;
  label: string;
  value: string;
  unit: string;
  isDefault: boolean;
  /** Said on request: the hint of the parameter, or its range. */
  hint: string;
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);

/** A parameter in words: lists and objects by their size, as the whole would not fit a line. */
function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return formatNumber(value, { decimalsMax: 6 });
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : countOf(value.length, "entry", "entries");
  return isObject(value) ? countOf(Object.keys(value).length, "setting") : "–";
}

/** The parameters of a run in the order of the algorithm's schema; those that differ from the default stand out. */
export function parameterRows(schema: Json, params: Json): ParameterRow[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const names = [...Object.keys(properties), ...Object.keys(params).filter((name) => !(name in properties))];
  return names.map((name) => {
    const property = isObject(properties[name]) ? properties[name] : {};
    const value = params[name] ?? property.default;
    return {
      name,
      label: text(property.label) || text(property.title) || name,
      value: valueWords(value),
      unit: text(property.unit),
      isDefault: !("default" in property) || JSON.stringify(value) === JSON.stringify(property.default),
      hint:
        text(property.hint) ||
        text(property.description) ||
        formatRange(numberOf(property.minimum), numberOf(property.maximum)),
    };
  });
}
