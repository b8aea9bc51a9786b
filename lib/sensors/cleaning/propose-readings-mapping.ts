import { findObservedProperty } from "#lib/units/observed-properties";
import { isTimeKey, profileColumns } from "./column-profile.ts";
import { readFileName } from "./file-name-parts.ts";
import {
  guessUnit,
  labelOfProperty,
  numberedProperty,
  proposeKnown,
  proposeUnknown,
  unitQuestion,
} from "./propose-values.ts";
import { roleRank } from "./role-names.ts";
import type { ColumnMapping, MappedColumn, MappingProposal, MappingQuestion } from "#lib/datasets/core/mapping";
import type { TimestampGuess } from "#lib/datasets/core/propose-timestamp";
import type { Sniff } from "#lib/tables/sniff";
import type { ColumnProfile } from "./column-profile.ts";
import type { FileNameParts } from "./file-name-parts.ts";

/** Collects a proposal column by column; the first role given to a column stays. */
class Draft {
  readonly profiles: ColumnProfile[];
  readonly parts: FileNameParts;
  readonly questions: MappingQuestion[] = [];
  readonly constants: ColumnMapping["constants"] = {};
  readonly #columns = new Map<string, MappedColumn>();
  readonly #confidence = new Map<string, number>();

  constructor(sniff: Sniff, fileName: string) {
    this.profiles = profileColumns(sniff);
    this.parts = readFileName(fileName);
  }

  get free(): ColumnProfile[] {
    return this.profiles.filter(({ source }) => !this.#columns.has(source));
  }

  assign(column: MappedColumn, confidence: number): void {
    if (this.#columns.has(column.source)) return;
    this.#columns.set(column.source, column);
    this.#confidence.set(column.source, confidence);
  }

  hasRole(role: string): boolean {
    return [...this.#columns.values()].some((column) => column.role === role);
  }

  get properties(): (string | undefined)[] {
    return [...this.#columns.values()].map((column) => column.observedProperty);
  }

  /** The free column whose header names the role best. */
  best(role: string, isFit: (profile: ColumnProfile) => boolean): ColumnProfile | null {
    const fitting = this.free.filter((profile) => roleRank(role, profile.key) < Infinity && isFit(profile));
    return fitting.sort((a, b) => roleRank(role, a.key) - roleRank(role, b.key))[0] ?? null;
  }

  columns(): MappedColumn[] {
    return this.profiles.map(({ source }) => this.#columns.get(source) ?? { source, role: "ignore" });
  }

  confidence(): Record<string, number> {
    return Object.fromEntries(this.profiles.map(({ source }) => [source, this.#confidence.get(source) ?? 0.9]));
  }
}

/** Proposes how a file of readings is to be read, from its header, its first rows and its name. Pure, browser-safe. */
export function proposeReadingsMapping(sniff: Sniff, fileName: string): MappingProposal {
  const draft = new Draft(sniff, fileName);
  const timestamp = proposeTime(draft);
  proposeSensor(draft);
  const layout = proposeLayout(draft);
  const mapping: ColumnMapping = {
    kind: "sensor-readings",
    layout,
    columns: draft.columns(),
    ...(timestamp !== null && { timestamp }),
    constants: draft.constants,
    decimalComma: sniff.decimalComma,
    positions: "as_is",
  };
  return { mapping, confidence: draft.confidence(), questions: draft.questions };
}

function proposeTime(draft: Draft): ColumnMapping["timestamp"] | null {
  const split = proposeSplitTime(draft);
  if (split !== null) return split;
  const candidates = draft.profiles.filter(({ time }) => time !== null);
  const rankOf = ({ key }: ColumnProfile) => Math.min(roleRank("timestamp", key), isTimeKey(key) ? 100 : 200);
  const [best] = candidates.sort((a, b) => rankOf(a) - rankOf(b));
  if (best?.time == null) return null;
  draft.assign({ source: best.source, role: "timestamp" }, rankOf(best) < 200 ? 1 : 0.7);
  for (const other of candidates) if (other !== best) draft.assign({ source: other.source, role: "ignore" }, 0.8);
  const { format, hasOffset } = best.time;
  askDateOrder(draft, best.source, best.time);
  const saysUtc = /(^|_)(utc|gmt|zulu)|utc$/.test(best.key);
  if (!hasOffset && !saysUtc) draft.questions.push(timeZoneQuestion(best.source));
  return { format, timeZone: "UTC" };
}

/** A column of dates beside a column of clock times. */
function proposeSplitTime(draft: Draft): ColumnMapping["timestamp"] | null {
  const clock = draft.profiles.find(
    ({ cells }) => cells.length > 0 && cells.every((cell) => /^\d{1,2}:\d{2}(:\d{2})?$/.test(cell)),
  );
  const date = draft.profiles.find(({ time, cells }) => time !== null && cells.every((cell) => cell.length <= 11));
  if (clock === undefined || date?.time == null) return null;
  draft.assign({ source: date.source, role: "date" }, 1);
  draft.assign({ source: clock.source, role: "time_of_day" }, 1);
  askDateOrder(draft, date.source, date.time);
  draft.questions.push(timeZoneQuestion(clock.source));
  const { format } = date.time;
  return { format: format === "iso" ? "iso" : `${format} HH:mm[:ss]`, timeZone: "UTC" };
}

function askDateOrder(draft: Draft, column: string, { format, otherFormats }: TimestampGuess): void {
  if (otherFormats.length === 0) return;
  const options = [format, ...otherFormats].map((value) => ({ value, label: value }));
  const text = `In which order does ${column} write day, month and year? The first rows read several ways.`;
  draft.questions.push({ id: "date_order", column, text, options, required: true });
}

function timeZoneQuestion(column: string): MappingQuestion {
  const text = `${column} carries no time zone. In which zone was the logger's clock?`;
  return { id: "time_zone", column, text, options: [{ value: "UTC", label: "UTC" }], required: true };
}

function proposeSensor(draft: Draft): void {
  // A number that never repeats (a running record number) is no sensor.
  const best = draft.best("sensor", ({ key, isUnique, isNumeric }) => key !== "id" || !(isUnique && isNumeric));
  if (best !== null) {
    draft.assign({ source: best.source, role: "sensor" }, best.key === "id" ? 0.6 : 1);
    return;
  }
  const byEnding = draft.free.find(
    ({ key, isUnique }) => key.endsWith("_id") && !isUnique && roleRank("ignore", key) === Infinity,
  );
  if (byEnding !== undefined) {
    draft.assign({ source: byEnding.source, role: "sensor" }, 0.6);
    return;
  }
  draft.constants["sensor"] = { from: "file_name" };
}

function proposeLayout(draft: Draft): "long" | "wide" {
  const property = draft.best("property", ({ isNumeric, cells }) => !isNumeric && cells.length > 0);
  const value = draft.best("value", ({ isNumeric }) => isNumeric);
  const unit = draft.best("unit", ({ isNumeric }) => !isNumeric);
  if (property !== null && value !== null) {
    draft.assign({ source: property.source, role: "property" }, 1);
    draft.assign({ source: value.source, role: "value" }, 1);
    if (unit !== null) draft.assign({ source: unit.source, role: "unit" }, 1);
    askForSensor(draft);
    return "long";
  }
  proposeWide(draft);
  if (draft.hasRole("value")) {
    askForSensor(draft);
    return "wide";
  }
  if (value !== null) {
    proposeSingleValue(draft, value, unit);
    return "long";
  }
  proposeRemaining(draft);
  askForSensor(draft);
  return "wide";
}

function proposeWide(draft: Draft): void {
  for (const profile of draft.free) {
    const { property } = profile.header;
    // A digital flag such as `indoor` or `label` is no measurement, whatever it is called.
    if (!profile.isNumeric || property === null || roleRank("ignore", profile.key) < Infinity) continue;
    const { column, confidence, questions } = proposeKnown(profile, property);
    // Two columns of one quantity (raw and cleaned, two calibrations) must not become one series.
    const isTaken = draft.properties.includes(property.id);
    draft.assign(isTaken ? { ...column, observedProperty: profile.key } : column, isTaken ? 0.4 : confidence);
    draft.questions.push(...questions);
  }
  const numbered = draft.free.filter((profile) => profile.isNumeric && numberedProperty(profile) !== null);
  for (const profile of numbered) proposeNumbered(draft, profile);
}

/** `temp1`…`temp5` are neighbouring sensors of one file. */
function proposeNumbered(draft: Draft, profile: ColumnProfile): void {
  const property = numberedProperty(profile);
  if (property === null) return;
  const { unit } = guessUnit(property, profile.numbers);
  const { source } = profile;
  const column: MappedColumn = { source, role: "value", observedProperty: property.id, unit };
  if (draft.hasRole("sensor")) draft.assign({ ...column, observedProperty: profile.key }, 0.4);
  else draft.assign({ ...column, sensorCode: `${draft.parts.stem}-${source}` }, 0.7);
}

/** One value column whose quantity the header does not name; the file's name may. */
function proposeSingleValue(draft: Draft, value: ColumnProfile, unit: ColumnProfile | null): void {
  const fromName = draft.parts.observedProperty;
  const property = fromName === null ? null : findObservedProperty(fromName);
  const guess = property === null ? null : guessUnit(property, value.numbers);
  const column: MappedColumn = { source: value.source, role: "value" };
  draft.assign(
    guess === null || unit !== null ? column : { ...column, unit: guess.unit },
    property === null ? 0.5 : 0.7,
  );
  if (unit !== null) draft.assign({ source: unit.source, role: "unit" }, 1);
  draft.constants["property"] = { from: "file_name" };
  const others = draft.free.filter(({ key, isNumeric }) => isNumeric && roleRank("value", key) < Infinity);
  if (others.length > 0) {
    const options = [value, ...others].map(({ source }) => ({ value: source, label: source }));
    draft.questions.push({
      id: "value_column",
      column: value.source,
      text: "Which column holds the values?",
      options,
      required: false,
    });
  }
  const text =
    property === null
      ? `What does ${value.source} measure?`
      : `The file name says ${labelOfProperty(property.id).toLowerCase()}. Is that what ${value.source} measures?`;
  draft.questions.push({ id: "property", column: value.source, text, options: [], required: property === null });
  const question =
    property === null || guess === null || unit !== null ? null : unitQuestion(value.source, property, guess);
  if (question !== null) draft.questions.push(question);
  askForSensor(draft);
}

/** Nothing is known by name: numeric columns become values under their own names, or one column per sensor. */
function proposeRemaining(draft: Draft): void {
  const columns = draft.free.filter(({ isNumeric, key }) => isNumeric && roleRank("ignore", key) === Infinity);
  const areSensors =
    !draft.hasRole("sensor") && columns.length > 1 && columns.every(({ source }) => /\d{3,}/.test(source));
  for (const profile of columns) {
    const { source } = profile;
    if (areSensors) {
      draft.assign({ source, role: "value", sensorCode: source }, 0.6);
      continue;
    }
    const { column, confidence, questions } = proposeUnknown(profile);
    draft.assign(column, confidence);
    draft.questions.push(...questions);
  }
  if (!areSensors) return;
  draft.constants["property"] = { from: "file_name" };
  const isRequired = draft.parts.observedProperty === null;
  draft.questions.push({
    id: "property",
    text: "What do the sensors in the columns measure?",
    options: [],
    required: isRequired,
  });
}

function askForSensor(draft: Draft): void {
  const columns = draft.columns().filter((column) => column.role === "value");
  if (draft.hasRole("sensor") || columns.every((column) => column.sensorCode !== undefined)) return;
  const isSplit = draft.constants["property"]?.from === "file_name";
  const code = isSplit ? draft.parts.sensorCode : draft.parts.stem;
  const text = `The file names no sensor. It will be called ${code}, after the file.`;
  draft.questions.push({ id: "sensor", text, options: [{ value: code, label: code }], required: false });
}
