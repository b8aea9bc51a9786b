import { FaultLog } from "#lib/datasets/core/cleaner-rows";
import { parseNumber } from "#lib/datasets/core/parse-number";
import { QualityAccumulator } from "#lib/datasets/core/quality-report";
import { checkRoles, planColumns } from "./column-plan.ts";
import { INTERVAL_ROLES, IntervalBatch } from "./interval-columns.ts";
import { INTERVAL_RULES } from "./interval-rules.ts";
import { LocalClock } from "./local-clock.ts";
import { roundHalfEven } from "./round-half-even.ts";
import { intervalSettings, readSettings, type IntervalSettings } from "./settings.ts";
import type { CleanedBatch, Cleaner } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import type { RowBatch } from "#lib/tables/row-batch";

const DAY_MS = 86_400_000;
const NEEDED = [["interval"], ["session"], ["duration"], ["energy"]] as const;

/** Roles by their number in INTERVAL_ROLES: a file has hundreds of millions of rows, and lookups by name show. */
const [INTERVAL, SESSION, START, DURATION, PEAK, AVERAGE, ENERGY] = [0, 1, 2, 3, 4, 5, 6] as const;
type Role = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export function checkIntervalMapping(mapping: ColumnMapping, columns: readonly string[]): void {
  checkRoles(mapping, columns, NEEDED);
  readSettings(intervalSettings, mapping);
}

/**
 * Turns rows of an interval file into intervals by the rules of INTERVAL_RULES in that order. Memory is one batch; the
 * table is sorted where it is written.
 * @throws AppError `invalid_input` when the mapping does not fit the columns of the first batch.
 */
export function createIntervalCleaner(mapping: ColumnMapping): Cleaner {
  return new IntervalCleaner(mapping);
}

class IntervalCleaner implements Cleaner {
  readonly #mapping: ColumnMapping;
  readonly #settings: IntervalSettings;
  readonly #clock: LocalClock;
  readonly #report = new QualityAccumulator(INTERVAL_RULES);
  readonly #faults = new FaultLog(this.#report);
  readonly #factor: number | null;
  readonly #powerKwMax: number;
  /** By role: where it stands in a row, and what one unit of it is; -1 where the file has none. */
  readonly #index = new Int32Array(INTERVAL_ROLES.length);
  readonly #scale = new Float64Array(INTERVAL_ROLES.length);
  #columns: readonly string[] | null = null;
  #repairCount = 0;

  constructor(mapping: ColumnMapping) {
    this.#mapping = mapping;
    this.#settings = readSettings(intervalSettings, mapping);
    this.#clock = new LocalClock(mapping.timestamp ?? { format: "iso", timeZone: "UTC" });
    this.#factor = this.#settings.decimals === null ? null : 10 ** this.#settings.decimals;
    this.#powerKwMax = this.#settings.powerKwMax ?? Infinity;
  }

  push(batch: RowBatch): CleanedBatch {
    if (this.#columns !== batch.columns) this.#start(batch.columns);
    this.#faults.noteReader(batch);
    const kept = new IntervalBatch(batch.rows.length);
    const { current } = this.#faults;
    const columnCount = batch.columns.length;
    for (let i = 0; i < batch.rows.length; i++) {
      current.row = batch.firstRow + i;
      current.fields = batch.rows[i]!;
      if (current.fields.length === columnCount || this.#hasShape(columnCount)) this.#cleanRow(current.fields, kept);
    }
    return { rowCount: kept.rowCount, columns: kept.toColumns(), rejects: this.#faults.takeRejects() };
  }

  finish(): QualityReport {
    return this.#report.finish();
  }

  #start(columns: readonly string[]): void {
    checkIntervalMapping(this.#mapping, columns);
    this.#columns = columns;
    const plan = planColumns(this.#mapping, columns);
    for (const [i, [role]] of INTERVAL_ROLES.entries()) {
      this.#index[i] = plan.get(role)?.index ?? -1;
      this.#scale[i] = plan.get(role)?.scale ?? 1;
    }
  }

  #hasShape(columnCount: number): boolean {
    if (this.#faults.hasShape(columnCount)) return true;
    if (!this.#faults.isBlank()) this.#report.countRow("dropped");
    return false;
  }

  #cleanRow(fields: readonly string[], kept: IntervalBatch): void {
    const { energyKwhAbove, durationSMin } = this.#settings;
    const energyKwh = this.#number(ENERGY, fields);
    const durationS = this.#number(DURATION, fields);
    if (energyKwhAbove !== null && !(energyKwh > energyKwhAbove)) {
      this.#drop("energy_none", ENERGY, `More than ${energyKwhAbove} kWh was expected`);
      return;
    }
    if (durationSMin !== null && !(durationS >= durationSMin)) {
      this.#drop("interval_short", DURATION, `At least ${durationSMin} s was expected`);
      return;
    }
    const intervalId = this.#number(INTERVAL, fields);
    const sessionId = this.#number(SESSION, fields);
    if (Number.isNaN(intervalId) || Number.isNaN(sessionId)) {
      this.#drop("id_unreadable", Number.isNaN(sessionId) ? SESSION : INTERVAL, "A whole number was expected");
      return;
    }
    const repairedBefore = this.#repairCount;
    const row = kept.rowCount++;
    const { columns } = kept;
    columns[0]![row] = intervalId;
    columns[1]![row] = sessionId;
    this.#readStart(fields, { columns, row });
    columns[4]![row] = durationS;
    columns[5]![row] = this.#round(this.#capEnergy(energyKwh, durationS));
    columns[6]![row] = this.#round(this.#capPower(PEAK, fields));
    columns[7]![row] = this.#round(this.#capPower(AVERAGE, fields));
    this.#report.countRow(this.#repairCount > repairedBefore ? "repaired" : "kept");
    this.#report.countValues(1);
  }

  #readStart(fields: readonly string[], into: { columns: Float64Array[]; row: number }): void {
    const start = this.#index[START]! < 0 ? "" : fields[this.#index[START]!]!;
    const { localMs, utcMs } = this.#clock.read(start);
    into.columns[2]![into.row] = utcMs;
    into.columns[3]![into.row] = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / 1000);
    if (Number.isNaN(localMs) && this.#index[START]! >= 0) {
      this.#note("start_unreadable", START, "A date and time was expected");
    }
  }

  #capPower(role: typeof PEAK | typeof AVERAGE, fields: readonly string[]): number {
    const powerKw = this.#number(role, fields);
    if (powerKw < 0 && this.#settings.negativesToZero) {
      this.#repair("negative_to_zero", role, "Power cannot be negative");
      return 0;
    }
    if (!(powerKw > this.#powerKwMax)) return powerKw;
    this.#repair("power_capped", role, `At most ${this.#powerKwMax} kW was expected`);
    return this.#powerKwMax;
  }

  #capEnergy(energyKwh: number, durationS: number): number {
    if (energyKwh < 0 && this.#settings.negativesToZero) {
      this.#repair("negative_to_zero", ENERGY, "Energy cannot be negative");
      return 0;
    }
    const most = (this.#powerKwMax / 3600) * durationS;
    if (!(energyKwh > most)) return energyKwh;
    this.#repair("energy_capped", ENERGY, `At most ${most} kWh was expected in ${durationS} s`);
    return most;
  }

  #round(value: number): number {
    return this.#factor === null ? value : roundHalfEven(value, this.#factor);
  }

  #number(role: Role, fields: readonly string[]): number {
    const index = this.#index[role]!;
    if (index < 0) return NaN;
    const value = parseNumber(fields[index]!, this.#mapping.decimalComma);
    const scale = this.#scale[role]!;
    return scale === 1 ? value : value * scale;
  }

  #drop(rule: string, role: Role, detail: string): void {
    this.#faults.reject({ rule, column: this.#source(role), value: this.#cell(role), detail });
    this.#report.countRow("dropped");
  }

  #repair(rule: string, role: Role, detail: string): void {
    this.#repairCount++;
    this.#note(rule, role, detail);
  }

  #note(rule: string, role: Role, detail: string): void {
    this.#faults.note({ rule, column: this.#source(role), value: this.#cell(role), detail });
  }

  #source(role: Role): string | null {
    return this.#columns?.[this.#index[role]!] ?? null;
  }

  #cell(role: Role): string {
    return this.#faults.current.fields[this.#index[role]!] ?? "";
  }
}
