import { applyConversion, findConversion, findUnit, isIdentity } from "#lib/units/convert";
import { findObservedProperty, nameKey, propertyOfName } from "#lib/units/observed-properties";
import type { ColumnCounter, QualityAccumulator } from "#lib/datasets/core/quality-report";
import type { Conversion } from "#lib/units/convert";

type Range = readonly [min: number, max: number];

/** How values of one observed property in one unit are judged and stored; resolved once, used for every value. */
export interface QuantityRule {
  observedProperty: string;
  label: string;
  /** Unit as stored: canonical, or as written when it is not known for this property; null when nothing is known. */
  unit: string | null;
  /** Unit as written, when values are converted. */
  originalUnit: string | null;
  conversion: Conversion | null;
  /** Set when the unit is unknown or measures something else. */
  unitProblem: string | null;
  /** In the file's unit, for error codes. */
  plausible: Range | null;
  /** In the stored unit. */
  physical: Range | null;
}

/** The rule of a file's column, with what is counted of it. */
export interface Quantity extends QuantityRule {
  counter: ColumnCounter;
}

export interface QuantityRequest {
  /** Catalogue id, or the name of a property of the user's own. */
  observedProperty: string;
  unit: string;
  source: string;
  report: QualityAccumulator;
}

/** The catalogue id a text means, or its normalised form when the catalogue does not know it. */
export function toPropertyId(text: string): string {
  return findObservedProperty(text)?.id ?? propertyOfName(text)?.id ?? (nameKey(text) || "value");
}

export function resolveQuantity({ observedProperty, unit, source, report }: QuantityRequest): Quantity {
  const rule = quantityRule(observedProperty, unit);
  const counter = report.column(`${rule.observedProperty}\0${rule.unit ?? ""}`, () => ({
    column: rule.observedProperty,
    label: rule.label,
    sources: [],
    unit: rule.unit,
    originalUnit: rule.originalUnit,
  }));
  counter.addSource(source);
  return { ...rule, counter };
}

/** What the catalogue knows about a property (its id, or a name of the user's own) in a unit as written. */
export function quantityRule(observedProperty: string, unit: string): QuantityRule {
  const property = findObservedProperty(observedProperty);
  const written = unit.trim();
  const canonical = property?.canonicalUnit ?? findUnit(written)?.code ?? null;
  const conversion = written === "" || canonical === null ? null : findConversion(written, canonical);
  const isUsable = written === "" || conversion !== null;
  const isConverted = conversion !== null && !isIdentity(conversion);
  const label = property?.label ?? observedProperty;
  const hasRanges = property !== null && isUsable;
  return {
    observedProperty,
    label,
    unit: isUsable ? canonical : written,
    originalUnit: isConverted ? written : null,
    conversion: isConverted ? conversion : null,
    unitProblem: isUsable ? null : unitProblemOf(written, label),
    plausible: hasRanges ? toFileUnit(property.plausible, conversion) : null,
    physical: hasRanges ? property.physical : null,
  };
}

function unitProblemOf(unit: string, label: string): string {
  return findUnit(unit) === null ? `"${unit}" is not a known unit` : `"${unit}" is no unit of ${label}`;
}

function toFileUnit([min, max]: Range, conversion: Conversion | null): Range {
  if (conversion === null) return [min, max];
  const { scale, offset } = conversion;
  const inverse = { scale: 1 / scale, offset: -offset / scale };
  return [applyConversion(min, inverse), applyConversion(max, inverse)];
}
