import { columnsOfRole } from "#lib/datasets/core/mapping";
import { parseNumber } from "#lib/datasets/core/parse-number";
import { QualityAccumulator } from "#lib/datasets/core/quality-report";
import { createTimestampParser } from "#lib/datasets/core/timestamp-parser";
import { applyConversion } from "#lib/units/convert";
import { checkReadingsMapping } from "./check-mapping.ts";
import { FaultLog } from "#lib/datasets/core/cleaner-rows";
import { readFileName } from "./file-name-parts.ts";
import { isErrorCode, isErrorText, isMissingText } from "./missing-values.ts";
import { resolveQuantity, toPropertyId } from "./quantity.ts";
import { ReadingBatch } from "./reading-columns.ts";
import { FUTURE_TOLERANCE_MS, OBSERVED_AT_MS_MIN, READING_RULES } from "./reading-rules.ts";
import { SensorStates } from "./stream-window.ts";
import type { CleanedBatch, Cleaner, CleanerContext } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping, MappedColumn } from "#lib/datasets/core/mapping";
import type { TimestampParser } from "#lib/datasets/core/timestamp-parser";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import type { RowBatch } from "#lib/tables/row-batch";
import type { Quantity } from "./quantity.ts";
import type { SensorState } from "./stream-window.ts";

/**
 * Turns rows of a long or wide table into observations, by the rules of READING_RULES in that order. One value at
 * fault costs that value, not its row. About 1 M rows/s per core; memory depends on the number of series only.
 * @throws AppError `invalid_input` when the mapping lacks a role or does not fit the columns of the first batch.
 */
export function createReadingsCleaner(mapping: ColumnMapping, context: CleanerContext): Cleaner {
  return new ReadingsCleaner(mapping, context);
}

/** A value column resolved against one file. */
interface ValuePlan {
  source: string;
  index: number;
  sensorCode: string | null;
  /** Null when property or unit stand in columns of the row. */
  quantity: Quantity | null;
  observedProperty: string;
  unit: string;
}

interface FilePlan {
  columns: readonly string[];
  fileName: string;
  timeIndexes: number[];
  timeSource: string;
  sensorIndex: number;
  sensorConstant: string;
  propertyIndex: number;
  unitIndex: number;
  values: ValuePlan[];
}

class ReadingsCleaner implements Cleaner {
  readonly #mapping: ColumnMapping;
  readonly #context: CleanerContext;
  readonly #report = new QualityAccumulator(READING_RULES);
  readonly #faults = new FaultLog(this.#report);
  readonly #states = new SensorStates();
  readonly #quantities = new Map<string, Quantity>();
  readonly #propertyIds = new Map<string, string>();
  readonly #parser: TimestampParser;
  #plan: FilePlan | null = null;
  #batch = new ReadingBatch(0);
  #wasRepaired = false;
  #dropCount = 0;
  #duplicateCount = 0;

  constructor(mapping: ColumnMapping, context: CleanerContext) {
    this.#mapping = mapping;
    this.#context = context;
    this.#parser = createTimestampParser(mapping.timestamp ?? { format: "iso", timeZone: "UTC" });
  }

  push(batch: RowBatch): CleanedBatch {
    const plan = this.#planFor(batch);
    this.#faults.noteReader(batch);
    this.#batch = new ReadingBatch(batch.rows.length * plan.values.length);
    const { current } = this.#faults;
    const { rows, firstRow } = batch;
    for (let i = 0; i < rows.length; i++) {
      current.row = firstRow + i;
      current.fields = rows[i]!;
      this.#cleanRow(plan, current.fields);
    }
    const columns = this.#batch.toColumns(plan.fileName);
    return { rowCount: this.#batch.rowCount, columns, rejects: this.#faults.takeRejects() };
  }

  finish(): QualityReport {
    return this.#report.finish();
  }

  #cleanRow(plan: FilePlan, fields: readonly string[]): void {
    this.#wasRepaired = false;
    this.#dropCount = 0;
    this.#duplicateCount = 0;
    if (!this.#faults.hasShape(plan.columns.length)) {
      if (!this.#faults.isBlank()) this.#report.countRow("dropped");
      return;
    }
    const keptBefore = this.#batch.rowCount;
    const code = plan.sensorIndex < 0 ? plan.sensorConstant : fields[plan.sensorIndex]!.trim();
    const sensor = code === "" ? null : this.#states.sensor(code);
    const timeMs = this.#readTime(plan, fields, sensor);
    if (timeMs === timeMs) {
      for (const value of plan.values) this.#cleanValue(plan, value, { fields, sensor, timeMs });
    }
    const keptCount = this.#batch.rowCount - keptBefore;
    this.#report.countValues(keptCount);
    this.#report.countRow(this.#outcome(keptCount));
  }

  #outcome(keptCount: number): "kept" | "repaired" | "dropped" | "duplicate" | "empty" {
    if (keptCount > 0) return this.#wasRepaired ? "repaired" : "kept";
    if (this.#dropCount > 0) return "dropped";
    return this.#duplicateCount > 0 ? "duplicate" : "empty";
  }

  /** Epoch ms of the row, or NaN after rejecting it. */
  #readTime(plan: FilePlan, fields: readonly string[], sensor: SensorState | null): number {
    const text =
      plan.timeIndexes.length === 1
        ? fields[plan.timeIndexes[0]!]!
        : plan.timeIndexes.map((i) => fields[i]!.trim()).join(" ");
    let timeMs = this.#parser.parse(text);
    if (!(timeMs === timeMs)) {
      const detail =
        text.trim() === "" ? "No time" : `Not a time of the form ${this.#mapping.timestamp?.format ?? "iso"}`;
      return this.#dropTime("timestamp_unparseable", { plan, text, detail });
    }
    if (this.#parser.kind !== "unique") timeMs = this.#settleLocalTime(timeMs, { plan, text, sensor });
    if (timeMs > this.#context.nowMs + FUTURE_TOLERANCE_MS) {
      return this.#dropTime("timestamp_future", { plan, text, detail: "More than one day after the upload" });
    }
    if (timeMs < OBSERVED_AT_MS_MIN) return this.#dropTime("timestamp_too_old", { plan, text, detail: "Before 1950" });
    sensor?.advance(timeMs);
    return timeMs;
  }

  #dropTime(rule: string, { plan, text, detail }: { plan: FilePlan; text: string; detail: string }): number {
    this.#faults.reject({ rule, column: plan.timeSource, value: text, detail });
    this.#dropCount++;
    return NaN;
  }

  /** Of a time that exists twice, takes the one that continues the sensor's rows; shifts one that does not exist. */
  #settleLocalTime(timeMs: number, row: { plan: FilePlan; text: string; sensor: SensorState | null }): number {
    const isAmbiguous = this.#parser.kind === "ambiguous";
    let settledMs = timeMs;
    if (isAmbiguous && row.sensor !== null) {
      const { lastMs, isAscending } = row.sensor;
      const isSecondPass = isAscending ? timeMs < lastMs : this.#parser.laterUtcMs <= lastMs;
      if (isSecondPass) settledMs = this.#parser.laterUtcMs;
    }
    const rule = isAmbiguous ? "timestamp_ambiguous" : "timestamp_nonexistent";
    const detail = `Read as ${new Date(settledMs).toISOString()}`;
    this.#faults.note({ rule, column: row.plan.timeSource, value: row.text, detail });
    this.#wasRepaired = true;
    return settledMs;
  }

  #cleanValue(
    plan: FilePlan,
    value: ValuePlan,
    row: { fields: readonly string[]; sensor: SensorState | null; timeMs: number },
  ): void {
    const { fields } = row;
    const cell = fields[value.index]!;
    const sensor = value.sensorCode === null ? row.sensor : this.#states.sensor(value.sensorCode);
    if (sensor === null) {
      if (this.#dropCount === 0)
        this.#faults.reject({ rule: "sensor_missing", column: null, value: "", detail: "The sensor id is empty" });
      this.#dropCount++;
      return;
    }
    const quantity = value.quantity ?? this.#quantityOfRow(plan, value, fields);
    const original = parseNumber(cell, this.#mapping.decimalComma);
    if (!(original === original)) {
      this.#noteNoNumber(quantity, value.source, cell);
      return;
    }
    if (isErrorCode(original, quantity.plausible)) {
      this.#drop(quantity, {
        rule: "error_code",
        column: value.source,
        value: cell,
        detail: `${cell.trim()} stands for a failed measurement`,
      });
      return;
    }
    const converted = quantity.conversion === null ? original : applyConversion(original, quantity.conversion);
    const { physical } = quantity;
    if (physical !== null && (converted < physical[0] || converted > physical[1])) {
      const detail = `${converted} ${quantity.unit ?? ""} is not between ${physical[0]} and ${physical[1]}`;
      this.#drop(quantity, { rule: "out_of_physical_range", column: value.source, value: cell, detail });
      return;
    }
    this.#store(quantity, { source: value.source, cell, sensor, timeMs: row.timeMs, original, converted });
  }

  #noteNoNumber(quantity: Quantity, column: string, cell: string): void {
    if (isMissingText(cell)) {
      quantity.counter.missing++;
      this.#faults.note({ rule: "value_missing", column, value: cell, detail: "Nothing to store" });
      return;
    }
    const rule = isErrorText(cell) ? "error_code" : "value_not_number";
    const detail = rule === "error_code" ? "Text that stands for a failed measurement" : "A number was expected";
    this.#drop(quantity, { rule, column, value: cell, detail });
  }

  #drop(quantity: Quantity, fault: { rule: string; column: string; value: string; detail: string }): void {
    quantity.counter.dropped++;
    this.#dropCount++;
    this.#faults.reject(fault);
  }

  #store(
    quantity: Quantity,
    read: { source: string; cell: string; sensor: SensorState; timeMs: number; original: number; converted: number },
  ): void {
    const { source, cell, sensor, timeMs, original, converted } = read;
    const known = this.#states.findOrAdd(sensor, quantity.observedProperty, { timeMs, value: converted });
    if (known === known) {
      quantity.counter.dropped++;
      const isSame = known === converted;
      if (isSame) this.#duplicateCount++;
      else this.#dropCount++;
      const detail = isSame
        ? "The same observation stands in an earlier row"
        : `An earlier row has ${known} for the same time`;
      this.#faults.reject({
        rule: isSame ? "duplicate_in_file" : "conflict_in_file",
        column: source,
        value: cell,
        detail,
      });
      return;
    }
    if (quantity.unitProblem !== null) {
      this.#faults.note({ rule: "unit_unknown", column: source, value: cell, detail: quantity.unitProblem });
    }
    const { conversion, originalUnit, unit, observedProperty } = quantity;
    if (conversion !== null && this.#report.rule("unit_converted").hit(this.#faults.current.row)) {
      const { row, file } = this.#faults.current;
      const detail = `${original} ${originalUnit} = ${converted} ${unit}`;
      this.#report
        .rule("unit_converted")
        .addExample({ row, column: source, value: cell, detail, ...(file !== undefined && { file }) });
    }
    quantity.counter.keep(converted);
    const originalValue = conversion === null ? NaN : original;
    this.#batch.add(
      {
        sensorCode: sensor.code,
        observedProperty,
        observedAtMs: timeMs,
        value: converted,
        unit,
        originalValue,
        originalUnit,
      },
      this.#faults.current.row,
    );
  }

  #quantityOfRow(plan: FilePlan, value: ValuePlan, fields: readonly string[]): Quantity {
    const unit = plan.unitIndex < 0 ? value.unit : fields[plan.unitIndex]!;
    if (plan.propertyIndex < 0) return this.#quantity(value.observedProperty, unit, value.source);
    const text = fields[plan.propertyIndex]!;
    let observedProperty = this.#propertyIds.get(text);
    if (observedProperty === undefined) {
      observedProperty = toPropertyId(text);
      this.#propertyIds.set(Array.from(text).join(""), observedProperty);
    }
    return this.#quantity(observedProperty, unit, value.source);
  }

  #quantity(observedProperty: string, unit: string, source: string): Quantity {
    const key = `${observedProperty}\0${unit}`;
    const known = this.#quantities.get(key);
    if (known !== undefined) return known;
    const quantity = resolveQuantity({ observedProperty, unit, source, report: this.#report });
    this.#quantities.set(Array.from(key).join(""), quantity);
    return quantity;
  }

  #planFor(batch: RowBatch): FilePlan {
    const fileName = batch.fileName ?? this.#context.fileName;
    if (this.#plan?.columns === batch.columns && this.#plan.fileName === fileName) return this.#plan;
    checkReadingsMapping(this.#mapping, batch.columns);
    const indexOf = (column: MappedColumn | undefined) =>
      column === undefined ? -1 : batch.columns.indexOf(column.source);
    const mapping = this.#mapping;
    const dates = columnsOfRole(mapping, "date");
    const times =
      dates.length > 0
        ? [...dates, ...columnsOfRole(mapping, "time_of_day")]
        : columnsOfRole(mapping, "timestamp").slice(0, 1);
    const propertyIndex = indexOf(columnsOfRole(mapping, "property")[0]);
    const unitIndex = indexOf(columnsOfRole(mapping, "unit")[0]);
    this.#plan = {
      columns: batch.columns,
      fileName,
      timeIndexes: times.map(indexOf),
      timeSource: times.map((column) => column.source).join(" + "),
      sensorIndex: indexOf(columnsOfRole(mapping, "sensor")[0]),
      sensorConstant: this.#constant("sensor", fileName),
      propertyIndex,
      unitIndex,
      values: columnsOfRole(mapping, "value").map((column) => {
        const observedProperty = column.observedProperty ?? this.#constant("property", fileName);
        const unit = column.unit ?? "";
        const isFixed = propertyIndex < 0 && unitIndex < 0;
        const quantity = isFixed ? this.#quantity(observedProperty, unit, column.source) : null;
        quantity?.counter.addSource(column.source);
        return {
          source: column.source,
          index: indexOf(column),
          sensorCode: column.sensorCode ?? null,
          quantity,
          observedProperty,
          unit,
        };
      }),
    };
    return this.#plan;
  }

  #constant(role: "sensor" | "property", fileName: string): string {
    const constant = this.#mapping.constants[role];
    if (constant === undefined) return "";
    if (constant.from === "value") return role === "property" ? toPropertyId(constant.value) : constant.value;
    const parts = readFileName(fileName);
    if (role === "property") return parts.observedProperty ?? toPropertyId(parts.stem);
    return this.#mapping.constants["property"]?.from === "file_name" ? parts.sensorCode : parts.stem;
  }
}
