import { findConversion, findUnit, convertValue } from "#lib/units/convert";
import { findObservedProperty, nameKey, propertyOfName } from "#lib/units/observed-properties";
import { UNITS } from "#lib/units/unit-catalogue";
import type { MappedColumn, MappingQuestion } from "#lib/datasets/core/mapping";
import type { ObservedProperty } from "#lib/units/observed-properties";
import type { ColumnProfile } from "./column-profile.ts";

export interface ValueProposal {
  column: MappedColumn;
  confidence: number;
  questions: MappingQuestion[];
}

/** Share of sample values that must be plausible for a unit to be believed. */
const PLAUSIBLE_SHARE_MIN = 0.8;

export interface UnitGuess {
  unit: string;
  /** False when the sample contradicts the usual unit. */
  isSure: boolean;
  /** False when the sample would be as plausible in another unit (°C and °F). */
  isOnly: boolean;
}

/** The unit of a column whose header names none: the canonical one, unless only another makes the sample plausible. */
export function guessUnit(property: ObservedProperty, numbers: readonly number[]): UnitGuess {
  const canonical = property.canonicalUnit;
  const dimension = findUnit(canonical)?.dimension;
  const max = numbers.length === 0 ? NaN : Math.max(...numbers);
  if (dimension === "fraction" && max > 0 && max <= 1 && numbers.some((value) => value !== 0 && value !== 1)) {
    return { unit: property.id === "soil_moisture" ? "m3/m3" : "1", isSure: false, isOnly: false };
  }
  const plausible = UNITS.filter(
    (unit) => unit.dimension === dimension && plausibleShare(property, numbers, unit.code) >= PLAUSIBLE_SHARE_MIN,
  );
  const isSure = numbers.length === 0 || plausible.some((unit) => unit.code === canonical);
  return { unit: isSure ? canonical : (plausible[0]?.code ?? canonical), isSure, isOnly: plausible.length === 1 };
}

function plausibleShare(property: ObservedProperty, numbers: readonly number[], unit: string): number {
  const [min, max] = property.plausible;
  const plausible = numbers.filter((value) => {
    const converted = convertValue(value, unit, property.canonicalUnit);
    return converted >= min && converted <= max;
  });
  return plausible.length / numbers.length;
}

/** A column whose header says what it measures (and perhaps in which unit). */
export function proposeKnown(profile: ColumnProfile, property: ObservedProperty): ValueProposal {
  const { source, header, numbers } = profile;
  const column = { source, role: "value", observedProperty: property.id };
  if (header.unit !== null && findConversion(header.unit, property.canonicalUnit) !== null) {
    return { column: { ...column, unit: header.unit }, confidence: 1, questions: [] };
  }
  const guess = guessUnit(property, numbers);
  const question = unitQuestion(source, property, guess);
  const confidence = guess.isSure ? 0.85 : 0.5;
  return { column: { ...column, unit: guess.unit }, confidence, questions: question === null ? [] : [question] };
}

/** Null where nothing is open: one unit only (pH), or only one that makes the sample plausible. */
export function unitQuestion(source: string, property: ObservedProperty, guess: UnitGuess): MappingQuestion | null {
  if (guess.isSure && guess.isOnly) return null;
  const dimension = findUnit(property.canonicalUnit)?.dimension;
  const options = UNITS.filter((unit) => unit.dimension === dimension).map(({ code, label }) => ({
    value: code,
    label,
  }));
  if (options.length < 2) return null;
  const text = `Which unit is ${source} (${property.label.toLowerCase()}) in?`;
  return { id: "unit", column: source, text, options, required: !guess.isSure };
}

/** A numeric column whose header says nothing known. */
export function proposeUnknown(profile: ColumnProfile): ValueProposal {
  const { source, header } = profile;
  const observedProperty = nameKey(header.name) || nameKey(source) || "value";
  const unit = header.unit ?? undefined;
  const column = { source, role: "value", observedProperty, ...(unit !== undefined && { unit }) };
  const question: MappingQuestion = {
    id: "property",
    column: source,
    text: `What does ${source} measure?`,
    options: [],
    required: false,
  };
  return { column, confidence: 0.3, questions: [question] };
}

/** `temp3` → air temperature, when the digits only number the columns. */
export function numberedProperty(profile: ColumnProfile): ObservedProperty | null {
  const stem = /^(.*?[a-z])_?\d{1,3}$/.exec(profile.key)?.[1];
  return stem === undefined || profile.header.property !== null ? null : propertyOfName(stem);
}

export function labelOfProperty(id: string): string {
  return findObservedProperty(id)?.label ?? id;
}
