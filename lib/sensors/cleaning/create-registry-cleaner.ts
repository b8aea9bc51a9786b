import { AppError } from "#lib/errors";
import { columnsOfRole } from "#lib/datasets/core/mapping";
import { parseNumber } from "#lib/datasets/core/parse-number";
import { QualityAccumulator } from "#lib/datasets/core/quality-report";
import { applyConversion, findConversion } from "#lib/units/convert";
import { checkRegistryMapping } from "./check-mapping.ts";
import { FaultLog } from "#lib/datasets/core/cleaner-rows";
import { isMissingText } from "./missing-values.ts";
import { parseBoolean } from "./parse-boolean.ts";
import { placeSensor } from "./place-sensor.ts";
import { REGISTRY_COLUMNS, REGISTRY_RULES } from "./registry-rules.ts";
import { findSwapSuspects } from "./swap-suspects.ts";
import type { ColumnValues } from "#lib/tables/column";
import type { CleanedBatch, Cleaner, CleanerContext } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import type { RowBatch } from "#lib/tables/row-batch";
import type { PlacedRow } from "./swap-suspects.ts";

/** A registry lists devices, not readings; a file with more ids has the wrong kind. */
const SENSORS_MAX = 1_000_000;
/** From the shore of the Dead Sea, with room for boreholes, to above Everest. */
const ELEVATION_M_MIN = -2000;
const ELEVATION_M_MAX = 9000;

/**
 * Turns rows of a sensor list into sensors, by the rules of REGISTRY_RULES. A sensor without a valid position is kept,
 * unplaced. Memory grows with the number of sensors (about 100 bytes each).
 * @throws AppError `invalid_input` when the mapping does not fit the columns; `unprocessable` above 1 M sensors.
 */
export function createRegistryCleaner(mapping: ColumnMapping, context: CleanerContext): Cleaner {
  return new RegistryCleaner(mapping, context);
}

interface SensorRow {
  code: string;
  name: string | null;
  latitude: number;
  longitude: number;
  elevationM: number;
  owner: string | null;
  exposure: string | null;
  isReference: boolean;
  attributes: string | null;
  isRepaired: boolean;
}

type CellOf = (role: string) => string;

class RegistryCleaner implements Cleaner {
  readonly #mapping: ColumnMapping;
  readonly #context: CleanerContext;
  readonly #report = new QualityAccumulator(REGISTRY_RULES);
  readonly #faults = new FaultLog(this.#report);
  /** Per id a digest of its first row, to tell repetition from conflict. */
  readonly #seen = new Map<string, string>();
  readonly #placed: PlacedRow[] = [];
  readonly #indexes = new Map<string, number>();
  #attributes: { source: string; index: number }[] = [];
  #columns: readonly string[] | null = null;

  constructor(mapping: ColumnMapping, context: CleanerContext) {
    this.#mapping = mapping;
    this.#context = context;
  }

  push(batch: RowBatch): CleanedBatch {
    if (this.#columns !== batch.columns) this.#plan(batch.columns);
    this.#faults.noteReader(batch);
    const { current } = this.#faults;
    const sensors: { sensor: SensorRow; row: number }[] = [];
    for (const [i, fields] of batch.rows.entries()) {
      current.row = batch.firstRow + i;
      current.fields = fields;
      const sensor = this.#cleanRow(batch.columns.length);
      if (sensor !== null) sensors.push({ sensor, row: current.row });
    }
    const columns = toColumns(sensors, batch.fileName ?? this.#context.fileName);
    return { rowCount: sensors.length, columns, rejects: this.#faults.takeRejects() };
  }

  finish(): QualityReport {
    const columns = [this.#source("latitude"), this.#source("longitude")].join(", ");
    for (const { row, file, latitude, longitude } of findSwapSuspects(this.#placed)) {
      this.#faults.current.row = row;
      this.#faults.current.file = file;
      const detail = `Probably latitude ${longitude}, longitude ${latitude}`;
      this.#faults.note({
        rule: "position_swap_suspected",
        column: columns,
        value: `${latitude}, ${longitude}`,
        detail,
      });
    }
    return this.#report.finish();
  }

  #plan(columns: readonly string[]): void {
    checkRegistryMapping(this.#mapping, columns);
    this.#columns = columns;
    this.#indexes.clear();
    for (const column of this.#mapping.columns) {
      if (column.role !== "ignore" && !this.#indexes.has(column.role))
        this.#indexes.set(column.role, columns.indexOf(column.source));
    }
    this.#attributes = columnsOfRole(this.#mapping, "attribute").map(({ source }) => ({
      source,
      index: columns.indexOf(source),
    }));
  }

  #source(role: string): string {
    return columnsOfRole(this.#mapping, role)[0]?.source ?? role;
  }

  #cleanRow(columnCount: number): SensorRow | null {
    const { fields } = this.#faults.current;
    if (!this.#faults.hasShape(columnCount)) {
      if (!this.#faults.isBlank()) this.#report.countRow("dropped");
      return null;
    }
    const cell: CellOf = (role) => {
      const index = this.#indexes.get(role);
      const constant = this.#mapping.constants[role];
      if (index !== undefined) return fields[index] ?? "";
      return constant?.from === "value" ? constant.value : "";
    };
    const code = cell("sensor").trim();
    if (isMissingText(code)) {
      this.#faults.reject({
        rule: "sensor_missing",
        column: this.#source("sensor"),
        value: code,
        detail: "The sensor id is empty",
      });
      this.#report.countRow("dropped");
      return null;
    }
    if (this.#isRepeated(code)) return null;
    const sensor = this.#readSensor(code, cell);
    this.#report.countRow(sensor.isRepaired ? "repaired" : "kept");
    this.#report.countValues(1);
    return sensor;
  }

  #isRepeated(code: string): boolean {
    const digest = Array.from(this.#faults.current.fields.map((field) => field.trim()).join("\u001f")).join("");
    const first = this.#seen.get(code);
    if (first === undefined) {
      if (this.#seen.size >= SENSORS_MAX) {
        throw new AppError("unprocessable", "More than 1,000,000 sensor ids. Is this a file of readings?");
      }
      this.#seen.set(Array.from(code).join(""), digest);
      return false;
    }
    const isSame = first === digest;
    const rule = isSame ? "duplicate_in_file" : "conflict_in_file";
    const detail = isSame ? "The same row stands above" : "An earlier row describes this sensor differently";
    this.#faults.reject({ rule, column: this.#source("sensor"), value: code, detail });
    this.#report.countRow(isSame ? "duplicate" : "dropped");
    return true;
  }

  #readSensor(code: string, cell: CellOf): SensorRow {
    const columns = `${this.#source("latitude")}, ${this.#source("longitude")}`;
    const cells = { latitude: cell("latitude"), longitude: cell("longitude"), columns };
    const position = placeSensor(cells, this.#mapping, this.#faults);
    const { latitude, longitude } = position;
    if (!Number.isNaN(latitude)) {
      this.#placed.push({ row: this.#faults.current.row, file: this.#faults.current.file, latitude, longitude });
    }
    this.#countColumn("latitude", latitude, "deg");
    this.#countColumn("longitude", longitude, "deg");
    const elevationM = this.#readElevation(cell("elevation"));
    return {
      code,
      name: textOrNull(cell("name")),
      latitude,
      longitude,
      elevationM,
      owner: textOrNull(cell("owner")),
      exposure: textOrNull(cell("exposure")),
      isReference: this.#readReference(cell("reference")),
      attributes: this.#readAttributes(),
      isRepaired: position.isRepaired,
    };
  }

  #readElevation(cell: string): number {
    if (isMissingText(cell)) {
      if (this.#indexes.has("elevation")) this.#countColumn("elevation", NaN, "m");
      return NaN;
    }
    const unit = columnsOfRole(this.#mapping, "elevation")[0]?.unit ?? "m";
    const conversion = findConversion(unit, "m") ?? { scale: 1, offset: 0 };
    const elevationM = applyConversion(parseNumber(cell, this.#mapping.decimalComma), conversion);
    const isValid = elevationM >= ELEVATION_M_MIN && elevationM <= ELEVATION_M_MAX;
    if (!isValid) {
      const detail = `A height between ${ELEVATION_M_MIN} and ${ELEVATION_M_MAX} m was expected`;
      this.#faults.note({ rule: "elevation_invalid", column: this.#source("elevation"), value: cell, detail });
    }
    this.#countColumn("elevation", isValid ? elevationM : NaN, "m");
    return isValid ? elevationM : NaN;
  }

  #readReference(cell: string): boolean {
    const isReference = parseBoolean(cell);
    if (isReference === null) {
      this.#faults.note({
        rule: "reference_invalid",
        column: this.#source("reference"),
        value: cell,
        detail: "Yes or no was expected",
      });
    }
    return isReference ?? false;
  }

  #readAttributes(): string | null {
    const { fields } = this.#faults.current;
    const entries = this.#attributes.map(({ source, index }) => [source, fields[index]?.trim() ?? ""] as const);
    const filled = entries.filter(([, value]) => value !== "");
    return filled.length === 0 ? null : JSON.stringify(Object.fromEntries(filled));
  }

  #countColumn(role: string, value: number, unit: string): void {
    const about = () => ({
      column: role,
      label: capitalise(role),
      sources: [this.#source(role)],
      unit,
      originalUnit: null,
    });
    const counter = this.#report.column(role, about);
    if (Number.isNaN(value)) counter.missing++;
    else counter.keep(value);
  }
}

function textOrNull(cell: string): string | null {
  return isMissingText(cell) ? null : cell.trim();
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** In the order of REGISTRY_COLUMNS. */
function toColumns(rows: readonly { sensor: SensorRow; row: number }[], fileName: string): ColumnValues[] {
  const texts = (pick: (sensor: SensorRow) => string | null) => rows.map(({ sensor }) => pick(sensor));
  const numbers = (pick: (sensor: SensorRow) => number) => Float64Array.from(rows, ({ sensor }) => pick(sensor));
  const columns: Record<string, ColumnValues> = {
    sensor_code: texts((sensor) => sensor.code),
    name: texts((sensor) => sensor.name),
    latitude: numbers((sensor) => sensor.latitude),
    longitude: numbers((sensor) => sensor.longitude),
    elevation_m: numbers((sensor) => sensor.elevationM),
    owner: texts((sensor) => sensor.owner),
    exposure: texts((sensor) => sensor.exposure),
    is_reference: rows.map(({ sensor }) => sensor.isReference),
    attributes: texts((sensor) => sensor.attributes),
    source_file: rows.map(() => fileName),
    source_row: Float64Array.from(rows, ({ row }) => row),
  };
  return REGISTRY_COLUMNS.map(({ name }) => columns[name] ?? []);
}
