import type { Random } from "#lib/math/random";
import { SEGMENTS, type Segment } from "../../core/segments.ts";
import { DAY_TYPES, type DayType } from "../schema.ts";

/** Sessions as they come from the cleaned tables, column by column. */
export interface SessionRows {
  rowCount: number;
  segment: readonly (string | null)[];
  driverId: readonly (string | null)[];
  startedAtMs: Float64Array;
  startS: Float64Array;
  /** Monday is 0. */
  weekday: Float64Array;
  energyKwh: Float64Array;
  pluggedS: Float64Array;
  batteryKwh: Float64Array;
}

/** More sessions of one cell are represented by a random part of them: memory stays bounded. */
const CELL_MAX = 500_000;
const COLUMNS = 5;

/** Sessions of one segment and kind of day; columns: start (min), energy (kWh), plugged in (h), battery (kWh), driver. */
export class SessionCell {
  readonly segment: Segment;
  readonly dayType: DayType;
  /** All that came, also those that only their part represents. */
  seen = 0;
  kept = 0;
  #columns = Array.from({ length: COLUMNS }, () => new Float64Array(1024));

  constructor(segment: Segment, dayType: DayType) {
    this.segment = segment;
    this.dayType = dayType;
  }

  add(values: readonly number[], rng: Random): void {
    this.seen++;
    let at = this.kept;
    if (this.kept < CELL_MAX) this.kept++;
    else at = rng.integer(0, this.seen - 1);
    if (at >= CELL_MAX) return;
    if (at >= this.#columns[0]!.length) this.#columns = this.#columns.map(doubled);
    for (let i = 0; i < COLUMNS; i++) this.#columns[i]![at] = values[i]!;
  }

  column(index: number): Float64Array {
    return this.#columns[index]!.subarray(0, this.kept);
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** How often each driver charged, and how much, per cell. */
export interface DriverUse {
  sessions: Float64Array;
  energyKwh: Float64Array;
}

export class SessionCollection {
  readonly cells = SEGMENTS.flatMap((segment) => DAY_TYPES.map((dayType) => new SessionCell(segment, dayType)));
  readonly drivers: DriverUse[] = [];
  firstAtMs = Infinity;
  lastAtMs = -Infinity;
  sessionCount = 0;
  readonly #driverIndex = new Map<string, number>();
  readonly #rng: Random;

  constructor(rng: Random) {
    this.#rng = rng;
  }

  add(rows: SessionRows): void {
    for (let row = 0; row < rows.rowCount; row++) {
      const segment = SEGMENTS.indexOf(rows.segment[row] as Segment);
      const startMin = rows.startS[row]! / 60;
      const energyKwh = rows.energyKwh[row]!;
      if (segment < 0 || Number.isNaN(startMin) || !(energyKwh > 0)) continue;
      const cell = segment * DAY_TYPES.length + (rows.weekday[row]! >= 5 ? 1 : 0);
      const driver = this.#countDriver(rows.driverId[row] ?? null, { cell, energyKwh });
      const values = [startMin, energyKwh, rows.pluggedS[row]! / 3600, rows.batteryKwh[row]!, driver];
      this.cells[cell]!.add(values, this.#rng);
      this.sessionCount++;
      const atMs = rows.startedAtMs[row]!;
      if (atMs < this.firstAtMs) this.firstAtMs = atMs;
      if (atMs > this.lastAtMs) this.lastAtMs = atMs;
    }
  }

  /** Index of the driver, -1 for none. Ids stay here; a model knows groups only. */
  #countDriver(id: string | null, { cell, energyKwh }: { cell: number; energyKwh: number }): number {
    if (id === null || id === "") return -1;
    let index = this.#driverIndex.get(id);
    if (index === undefined) {
      index = this.drivers.length;
      this.#driverIndex.set(id, index);
      const count = this.cells.length;
      this.drivers.push({ sessions: new Float64Array(count), energyKwh: new Float64Array(count) });
    }
    const use = this.drivers[index]!;
    use.sessions[cell]!++;
    use.energyKwh[cell]! += energyKwh;
    return index;
  }
}
