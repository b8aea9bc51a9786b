import type { Random } from "#lib/math/random";
import { SEGMENT_FACTS, SEGMENTS, type Segment } from "../../core/segments.ts";
import type { MixtureComponent } from "../../models/core/mixture.ts";
import { drawSessions } from "./draw-sessions.ts";
import { energyOf, SessionLoad, toCoarserSteps } from "./session-load.ts";
import { applyTimers, type Timer } from "./timers.ts";

/** Sessions of one kind: of a segment, and within it of a battery class or driver group. */
export interface ForecastCell {
  /** Names the cell's random numbers, so that another cell's sessions do not move these. */
  key: string;
  segment: Segment;
  components: readonly MixtureComponent[];
  sessions: number;
  timers: readonly Timer[];
}

export interface DayOptions {
  stepMin: 1 | 15;
  /** Repeated draws behind the band; 0 for none. */
  draws: number;
  rng: Random;
}

export interface DayForecast {
  segments: { segment: Segment; sessions: number; energyKwh: number; loadKw: Float64Array }[];
  totalKw: Float64Array;
  /** 90 % of repeated draws lie between these. */
  lowKw: Float64Array;
  highKw: Float64Array;
}

/** 5 % of a normal distribution lie above so many standard deviations. */
const BAND_Z = 1.6448536269514722;
/** So many sessions of a cell show how much its load varies; more only take longer. */
const BAND_SESSIONS = 3000;

/** The load of one day from sessions drawn anew, and how far another draw would lie from it. */
export function forecastDay(cells: readonly ForecastCell[], { stepMin, draws, rng }: DayOptions): DayForecast {
  const segments = SEGMENTS.map((segment) => {
    const own = cells.filter((cell) => cell.segment === segment);
    const load = new SessionLoad({ stepMin: 1, powerKw: SEGMENT_FACTS[segment].powerKw });
    let energyKwh = 0;
    for (const cell of own) energyKwh += addDraw(load, cell, { sessions: cell.sessions, rng: rng.fork(cell.key) });
    const sessions = own.reduce((sum, cell) => sum + cell.sessions, 0);
    return { segment, sessions, energyKwh, loadKw: toSteps(load, stepMin) };
  });
  const totalKw = new Float64Array(1440 / stepMin);
  for (const { loadKw } of segments) for (const [step, value] of loadKw.entries()) totalKw[step]! += value;
  const deviation = deviationOf(cells, { stepMin, draws, rng });
  return {
    segments,
    totalKw,
    lowKw: totalKw.map((value, step) => Math.max(0, value - BAND_Z * deviation[step]!)),
    highKw: totalKw.map((value, step) => value + BAND_Z * deviation[step]!),
  };
}

function toSteps(load: SessionLoad, stepMin: number): Float64Array {
  const loadKw = load.toLoadKw();
  return stepMin === 1 ? loadKw : toCoarserSteps(loadKw, stepMin);
}

/** Adds so many sessions of the cell; returns their energy. */
function addDraw(load: SessionLoad, cell: ForecastCell, { sessions, rng }: { sessions: number; rng: Random }): number {
  const { energyKwhMax } = SEGMENT_FACTS[cell.segment];
  const { startsMin, energiesKwh } = drawSessions(cell.components, sessions, { rng, energyKwhMax });
  if (cell.timers.length > 0) applyTimers(startsMin, cell.timers, rng);
  load.addAll(startsMin, energiesKwh);
  return energiesKwh.reduce((sum, energy) => sum + energy, 0);
}

/**
 * Standard deviation of the total between draws, per step. Sessions are independent, so variances add, and a large
 * cell's follows from draws of a part of its sessions.
 */
function deviationOf(cells: readonly ForecastCell[], { stepMin, draws, rng }: DayOptions): Float64Array {
  const variance = new Float64Array(1440 / stepMin);
  if (draws < 2) return variance;
  for (const cell of cells) {
    const sessions = Math.min(cell.sessions, BAND_SESSIONS);
    if (sessions === 0) continue;
    const sums = new Float64Array(variance.length);
    const squares = new Float64Array(variance.length);
    for (let draw = 0; draw < draws; draw++) {
      const load = new SessionLoad({ stepMin: 1, powerKw: SEGMENT_FACTS[cell.segment].powerKw });
      addDraw(load, cell, { sessions, rng: rng.fork(`${cell.key}/band${draw}`) });
      const loadKw = toSteps(load, stepMin);
      for (let step = 0; step < loadKw.length; step++) {
        const value = loadKw[step]!;
        sums[step]! += value;
        squares[step]! += value * value;
      }
    }
    const scale = cell.sessions / sessions / (draws - 1);
    for (let step = 0; step < variance.length; step++)
      variance[step]! += Math.max(0, squares[step]! - sums[step]! ** 2 / draws) * scale;
  }
  return variance.map(Math.sqrt);
}

export interface Peak {
  peakKw: number;
  peakAtMin: number;
  energyKwh: number;
}

export function peakOf(totalKw: Float64Array, stepMin: number): Peak {
  let at = 0;
  for (let step = 1; step < totalKw.length; step++) if (totalKw[step]! > totalKw[at]!) at = step;
  return { peakKw: totalKw[at] ?? 0, peakAtMin: at * stepMin, energyKwh: energyOf(totalKw, stepMin) };
}
