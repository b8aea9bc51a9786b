import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { energyOf, SessionLoad } from "#lib/charging/forecast/core/session-load";
import { parseTable, type TextTable } from "./charging/text-table.ts";
import { compareNumbers, type Check, type VerifyRequest } from "./check.ts";

const TOLERANCE_KW = 1e-9;
/** Energies are compared relative to the energy itself. */
const ENERGY_TOLERANCE = 1e-12;

const reference = z.object({
  vehicles: z.record(z.string(), z.number()),
  energy_check_kwh: z.record(z.string(), z.object({ sessions: z.number(), profile: z.number() })),
  timer_control: z.object({ load_kw_1440: z.array(z.number()), start_minutes: z.array(z.number()) }),
});

/** Turns the reference's sessions into load and compares every minute; then the case with a timer. */
export function* verify({ referenceDir }: VerifyRequest): Generator<Check> {
  const folder = existsSync(join(referenceDir, "load_forecast")) ? join(referenceDir, "load_forecast") : referenceDir;
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const sessions = toSessions(parseTable(read("loadforecast_sessions.csv")));
  const profiles = parseTable(read("loadforecast_profiles_1440.csv"));
  const known = reference.parse(JSON.parse(read("loadforecast_reference.json")));
  const total = new Float64Array(1440);
  for (const [segment, ofSegment] of Map.groupBy(sessions, (session) => session.segment)) {
    const load = new SessionLoad({ stepMin: 1, powerKw: ofSegment[0]!.powerKw });
    for (const [i, { startMin, energyKwh, endMin }] of ofSegment.entries())
      yield compareNumbers(`${segment}: end of session ${i + 1}`, load.add(startMin, energyKwh), endMin, 0);
    const loadKw = load.toLoadKw();
    for (let minute = 0; minute < total.length; minute++) total[minute]! += loadKw[minute]!;
    yield* compareLoad(segment, loadKw, columnOf(profiles, `${segment} uncontrolled kW`));
    yield compareNumbers(`${segment}: sessions`, ofSegment.length, known.vehicles[segment] ?? NaN, 0);
    yield* checkEnergy(segment, { loadKw, energies: ofSegment.map(({ energyKwh }) => energyKwh), known });
  }
  yield* compareLoad("Total", total, columnOf(profiles, "Total uncontrolled kW"));
  yield* checkTimer(sessions, known);
}

interface Session {
  segment: string;
  powerKw: number;
  startMin: number;
  energyKwh: number;
  endMin: number;
}

function toSessions({ columns, rows }: TextTable): Session[] {
  const at = (name: string) => columns.indexOf(name);
  const [segment, power, start, energy, end] = ["segment", "rate_kw", "start_minute", "energy_kwh", "end_minute"].map(
    at,
  );
  return rows.map((row) => ({
    segment: row[segment!]!,
    powerKw: Number(row[power!]),
    startMin: Number(row[start!]),
    energyKwh: Number(row[energy!]),
    // A session that ends at midnight ends at 1440 there and at 0 here.
    endMin: Number(row[end!]) % 1440,
  }));
}

function columnOf({ columns, rows }: TextTable, name: string): number[] {
  const at = columns.indexOf(name);
  return rows.map((row) => Number(row[at]));
}

function* compareLoad(name: string, loadKw: Float64Array, expected: readonly number[]): Generator<Check> {
  for (const [minute, value] of loadKw.entries())
    yield compareNumbers(`${name}: minute ${minute}, kW`, value, expected[minute] ?? NaN, TOLERANCE_KW);
}

function* checkEnergy(
  segment: string,
  given: { loadKw: Float64Array; energies: readonly number[]; known: z.output<typeof reference> },
): Generator<Check> {
  const sum = given.energies.reduce((total, energy) => total + energy, 0);
  const profile = energyOf(given.loadKw, 1);
  yield compareNumbers(`${segment}: energy kept`, profile, sum, sum * ENERGY_TOLERANCE);
  const expected = given.known.energy_check_kwh[segment]?.sessions ?? NaN;
  yield compareNumbers(`${segment}: energy of the sessions`, sum, expected, sum * ENERGY_TOLERANCE);
}

/** The same energies of Residential L2 at the starts that the timer left. */
function* checkTimer(
  sessions: readonly Session[],
  { timer_control: timer }: z.output<typeof reference>,
): Generator<Check> {
  const home = sessions.filter(({ segment }) => segment === "Residential L2");
  const load = new SessionLoad({ stepMin: 1, powerKw: home[0]?.powerKw ?? 6.6 });
  for (const [i, startMin] of timer.start_minutes.entries()) load.add(startMin, home[i]?.energyKwh ?? NaN);
  yield* compareLoad("Residential L2 with timer", load.toLoadKw(), timer.load_kw_1440);
}
