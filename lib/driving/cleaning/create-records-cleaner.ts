import { FaultLog } from "#lib/datasets/core/cleaner-rows";
import { QualityAccumulator } from "#lib/datasets/core/quality-report";
import { checkRecordsMapping } from "./propose-records-mapping.ts";
import { FLAG_COLUMNS, toRecordColumns } from "./record-columns.ts";
import { FLAGGED_FIELD_COUNT, isUnnamed, LAYOUT, PLAIN_FIELD_COUNT, unnamedColumn } from "./record-layout.ts";
import { RecordReader } from "./record-reader.ts";
import { RECORD_RULES } from "./record-rules.ts";
import { RowSequence } from "./row-sequence.ts";
import type { CleanedBatch, Cleaner, CleanerContext } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import type { RowBatch } from "#lib/tables/row-batch";
import type { DrivingRecord } from "./record-columns.ts";

/**
 * Turns lines of driving records into rows, by the rules of RECORD_RULES and in the order of the file. Memory grows
 * with the number of drivers (about 100 bytes each).
 * @throws AppError `invalid_input` when the mapping does not fit the columns.
 */
export function createRecordsCleaner(mapping: ColumnMapping, context: CleanerContext): Cleaner {
  return new RecordsCleaner(mapping, context);
}

class RecordsCleaner implements Cleaner {
  readonly #mapping: ColumnMapping;
  readonly #fileName: string;
  readonly #report = new QualityAccumulator(RECORD_RULES);
  readonly #faults = new FaultLog(this.#report);
  readonly #reader: RecordReader;
  readonly #sequence = new RowSequence(this.#faults);
  #columns: readonly string[] | null = null;
  /** Where each role stands in a line. */
  #places = new Map<string, number>();
  #lengths = new Set<number>();

  constructor(mapping: ColumnMapping, context: CleanerContext) {
    this.#mapping = mapping;
    this.#fileName = context.fileName;
    this.#reader = new RecordReader({ mapping, nowMs: context.nowMs, faults: this.#faults });
  }

  push(batch: RowBatch): CleanedBatch {
    if (this.#columns !== batch.columns) this.#plan(batch.columns);
    this.#faults.noteReader(batch);
    const { current } = this.#faults;
    const records: DrivingRecord[] = [];
    const rows: number[] = [];
    for (const [i, fields] of batch.rows.entries()) {
      current.row = batch.firstRow + i;
      current.fields = fields;
      if (fields.length === 1 && fields[0]?.trim() === "") {
        this.#report.rule("blank_line").hit(current.row);
        continue;
      }
      const record = this.#hasShape(fields) ? this.#reader.read(fields, this.#places) : null;
      this.#report.countRow(record === null ? "dropped" : this.#reader.isRepaired ? "repaired" : "kept");
      if (record === null) continue;
      this.#sequence.follow(record, fields);
      this.#count(record);
      records.push(record);
      rows.push(current.row);
    }
    const columns = toRecordColumns(records, rows, batch.fileName ?? this.#fileName);
    return { rowCount: records.length, columns, rejects: this.#faults.takeRejects() };
  }

  finish(): QualityReport {
    return this.#report.finish();
  }

  /** Without a header, lines have more fields than the first one names: those that are not mapped go by their place. */
  #plan(columns: readonly string[]): void {
    checkRecordsMapping(this.#mapping, columns);
    this.#columns = columns;
    const sources = new Map(this.#mapping.columns.map(({ source, role }) => [source, role]));
    const places = isUnnamed(columns)
      ? LAYOUT.map(({ role }, index) => [sources.get(unnamedColumn(index)) ?? role, index] as const)
      : columns.map((source, index) => [sources.get(source) ?? "ignore", index] as const);
    this.#places = new Map(places.filter(([role]) => role !== "ignore"));
    this.#lengths = new Set([PLAIN_FIELD_COUNT, LAYOUT.length, FLAGGED_FIELD_COUNT]);
    if (!isUnnamed(columns)) this.#lengths.add(columns.length);
  }

  #hasShape(fields: readonly string[]): boolean {
    const required = LAYOUT.filter(({ isRequired }) => isRequired).map(({ role }) => this.#places.get(role) ?? 0);
    const isKnown = this.#lengths.has(fields.length) && required.every((place) => place < fields.length);
    const named = Math.max(LAYOUT.length, this.#columns?.length ?? 0);
    if (isKnown && fields.slice(named).every((field) => field.trim() === "")) return true;
    const isTooFull = isKnown && fields.length === FLAGGED_FIELD_COUNT;
    const detail = isTooFull ? "The 20th field is not empty" : `${fields.length} fields`;
    this.#faults.reject({ rule: "row_shape", column: null, value: fields.join(" | "), detail });
    return false;
  }

  #count(record: DrivingRecord): void {
    this.#report.countValues(1);
    this.#countColumn("latitude", record.latitude, "deg");
    this.#countColumn("longitude", record.longitude, "deg");
    this.#countColumn("speed_kmh", record.speedKmh, "km/h");
    this.#countColumn("heading_deg", record.headingDeg, "deg");
    for (const name of FLAG_COLUMNS) this.#countColumn(name, record.flags[name] ? 1 : NaN, null);
    this.#countColumn("neutral_slide_s", record.neutralSlideS, "s");
    this.#countColumn("overspeed_s", record.overspeedS, "s");
  }

  #countColumn(column: string, value: number, unit: string | null): void {
    const counter = this.#report.column(column, () => {
      const label = column.replaceAll("_", " ");
      return { column, label: label.charAt(0).toUpperCase() + label.slice(1), sources: [], unit, originalUnit: null };
    });
    if (Number.isNaN(value)) counter.missing++;
    else counter.keep(value);
  }
}
