import type { Random } from "#lib/math/random";
import { AppError } from "#lib/errors";
import type { Sessions } from "./core/sessions.ts";
import { SLOTS_PER_DAY } from "./core/day-tariff.ts";

export const SLOT_S = 900;
/** Charging rate where a table does not tell it: a common workplace charger. */
export const USUAL_POWER_KW = 6.6;

/** Sessions of a table before any is chosen; NaN where a cell was empty. */
export interface SessionTable {
  name: string;
  /** Seconds after local midnight, and how long the vehicle stays. */
  startS: Float64Array;
  stayS: Float64Array;
  energyKwh: Float64Array;
  powerKwMax: Float64Array;
  /** Number of the local day; NaN where the table has no dates. */
  day: Float64Array;
}

export const SESSION_CHOICES = ["busiest-day", "all", "draw"] as const;
export type SessionChoice = (typeof SESSION_CHOICES)[number];

export interface ChosenSessions {
  sessions: Sessions;
  /** Row of the table of each session. */
  rows: Int32Array;
  notes: string[];
}

/** Rows with a start, a stay and energy. */
export function usableRows(table: SessionTable): Int32Array {
  const { startS, stayS, energyKwh } = table;
  return Int32Array.from(
    [...startS.keys()].filter((row) => startS[row]! >= 0 && stayS[row]! > 0 && energyKwh[row]! > 0),
  );
}

/** The sessions of one day: the day with the most energy, all rows as if of one day, or a number drawn with repeats. */
export function chooseSessions(
  table: SessionTable,
  { choice, drawCount, rng }: { choice: SessionChoice; drawCount: number; rng: Random },
): ChosenSessions {
  const usable = usableRows(table);
  if (usable.length === 0) {
    const detail = `${table.name} has no row with a start, a stay and energy above 0.`;
    throw new AppError("unprocessable", detail);
  }
  const notes: string[] = [];
  const left = table.startS.length - usable.length;
  if (left > 0) notes.push(`${left} rows without a start, a stay or energy are left out.`);
  if (choice === "draw") {
    const rows = Int32Array.from({ length: drawCount }, () => usable[rng.integer(0, usable.length - 1)]!);
    notes.push(`${drawCount} sessions drawn with repeats from ${usable.length}.`);
    return finish(table, rows, notes);
  }
  const busiest = choice === "busiest-day" ? busiestDay(table, usable) : null;
  if (busiest === null) return finish(table, usable, notes);
  notes.push(`The day with the most energy: ${busiest.length} of ${usable.length} sessions.`);
  return finish(table, busiest, notes);
}

/** Null when the table has no dates. */
function busiestDay({ day, energyKwh }: SessionTable, rows: Int32Array): Int32Array | null {
  const energy = new Map<number, number>();
  for (const row of rows) {
    const key = day[row]!;
    if (!Number.isNaN(key)) energy.set(key, (energy.get(key) ?? 0) + energyKwh[row]!);
  }
  let best: number | null = null;
  for (const [key, kwh] of energy) if (best === null || kwh > energy.get(best)!) best = key;
  return best === null ? null : rows.filter((row) => day[row] === best);
}

/** In quarter hours: a session may charge in every slot that it touches. */
function finish(table: SessionTable, rows: Int32Array, notes: string[]): ChosenSessions {
  const sessions: Sessions = {
    arrivalSlot: new Int32Array(rows.length),
    departureSlot: new Int32Array(rows.length),
    energyKwh: Float64Array.from(rows, (row) => table.energyKwh[row]!),
    powerKwMax: Float64Array.from(rows, (row) =>
      table.powerKwMax[row]! > 0 ? table.powerKwMax[row]! : USUAL_POWER_KW,
    ),
  };
  let [long, unknown] = [0, 0];
  for (const [i, row] of rows.entries()) {
    const first = Math.floor(table.startS[row]! / SLOT_S);
    // A stay that ends on a slot's edge by rounding does not touch the next one.
    const length = Math.ceil((table.startS[row]! + table.stayS[row]!) / SLOT_S - 1e-6) - first;
    if (length > SLOTS_PER_DAY) long += 1;
    if (!(table.powerKwMax[row]! > 0)) unknown += 1;
    sessions.arrivalSlot[i] = first % SLOTS_PER_DAY;
    sessions.departureSlot[i] = (first + Math.min(SLOTS_PER_DAY, Math.max(1, length))) % SLOTS_PER_DAY;
  }
  if (long > 0) notes.push(`${long} sessions stay longer than a day; their window is the first 24 hours.`);
  if (unknown > 0) notes.push(`${unknown} sessions without a power are taken to charge at ${USUAL_POWER_KW} kW.`);
  return { sessions, rows, notes };
}

const LINE = /^([01]?\d|2[0-3]):([0-5]\d)\s+([01]?\d|2[0-4]):([0-5]\d)\s+(\d+(?:\.\d+)?)(?:\s+(\d+(?:\.\d+)?))?$/;
export const SESSION_LINE = LINE;

/** Sessions written by hand: arrival, departure, kWh and (optionally) kW. */
export function tableOfLines(lines: readonly string[]): SessionTable {
  const rows = lines.map((line) => {
    const match = LINE.exec(line);
    if (!match) throw new AppError("invalid_input", `“${line}” is no session; write 08:30 17:00 12.5 6.6.`);
    const [fromHour, fromMin, toHour, toMin, energy, power] = match.slice(1).map(Number);
    const startS = fromHour! * 3600 + fromMin! * 60;
    const endS = toHour! * 3600 + toMin! * 60;
    return { startS, stayS: endS > startS ? endS - startS : endS - startS + 86_400, energy: energy!, power: power! };
  });
  return {
    name: "The list of sessions",
    startS: Float64Array.from(rows, ({ startS }) => startS),
    stayS: Float64Array.from(rows, ({ stayS }) => stayS),
    energyKwh: Float64Array.from(rows, ({ energy }) => energy),
    powerKwMax: Float64Array.from(rows, ({ power }) => power),
    day: new Float64Array(rows.length).fill(NaN),
  };
}
