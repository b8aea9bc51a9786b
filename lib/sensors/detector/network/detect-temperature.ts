import { median } from "#lib/math/quantile";
import type { DetectorResult, FaultKind } from "../types.ts";
import { clippedResidual, clockShifts } from "./clock-shifts.ts";
import { fitFactors } from "./factor-model.ts";
import { aboveMedian, holdScales, learnHabits, type SensorHabits, unusualLevels, usableLevel } from "./habits.ts";
import { hourlyMedians, layHours, type HourGrid } from "./hour-grid.ts";
import { maskRows } from "./mask-rows.ts";
import { fitOwnResponse, responseAt } from "./own-response.ts";
import { scorePoints } from "./point-detectors.ts";
import { predictWithoutSelf } from "./predict-without-self.ts";
import { SCORE_MAX, spanScore } from "./score-spans.ts";
import { settleEdges } from "./settle-edges.ts";
import { type HourSpan, segment } from "./segment.ts";
import { toVerdict } from "./to-verdict.ts";
import { lightShare, ownScale, shareScales } from "./usual-scale.ts";

/** One air temperature sensor of a network, on the instants that all share. */
export interface TemperatureSensor {
  /** °C; NaN = missing. */
  values: Float64Array;
  /** Light at the same device, lux; absent when it measures none. */
  lux?: Float64Array;
  /** What an earlier training learned of this sensor. */
  habits?: SensorHabits | undefined;
}

const RANK = 3;
const CUTOFF = 4;
const PASSES = 2;
/** Hours in a row are alike: so many count as one. */
const INFLATION = 6;
const CLIP_SIGMAS = 40;
const SPAN_PRICE = 60;
const BIAS_HOURS_MIN = 18;
/** On networks with known faults, half of the false alarms lie between 1 and this, and few of the faults. */
const FLAG_LEVEL = 1.1;
/** Share of the full effect of light below which it heats nothing. */
const LIT_SHARE = 0.05;
/** A level is never known better than this, °C: seasons and shade move it. */
const LEVEL_SD_MIN = 0.35;

/** What the passes know of every sensor, per hour. */
interface HourlyState {
  /** Predicted from the others plus own response, in centred units. */
  expectation: Float64Array[];
  residual: Float64Array[];
  sigma: Float64Array[];
  spans: HourSpan[][];
  /** Level of every sensor against the network, its faults left out. */
  levels: Float64Array;
}

/**
 * Judges the air temperatures of a network (at least five sensors): every sensor against what all others say, its own
 * habits taken out, the rest explained by as few spans of known shape as possible. Flags do not depend on the order
 * of the sensors nor on a constant added to all of them. Design and figures: docs/benchmarks.md, Fault detection.
 */
export function detectTemperature(timestamps: Float64Array, sensors: readonly TemperatureSensor[]): DetectorResult[] {
  const grid = layHours(timestamps);
  const { known, isImpossible } = maskRows(
    sensors.map(({ values }) => values),
    grid.rowsPerHour,
  );
  const habits = sensors.map((sensor) => sensor.habits);
  const centre = centres(known);
  const hourly = known.map((own, j) => hourlyMedians(own, grid).map((value) => value - centre[j]!));
  const lux = sensors.map((sensor) => sensor.lux && hourlyMedians(sensor.lux, grid));
  let spans: HourSpan[][] = sensors.map(() => []);
  for (let pass = 0; ; pass++) {
    const masked = hourly.map((own, j) => maskSpans(own, spans[j]!));
    const model = fitFactors(masked, { rank: RANK, cutoff: CUTOFF });
    const state = judgeHours(hourly, {
      masked,
      lux,
      centre,
      habits,
      grid,
      predicted: predictWithoutSelf(masked, model),
    });
    spans = state.spans;
    if (pass + 1 < PASSES) continue;
    const native = known.map((own, j) => own.map((value) => value - centre[j]!));
    const predicted = predictWithoutSelf(native, model, { weightIndex: grid.hourOfRow, cutoff: CUTOFF });
    return sensors.map(({ values, lux: ownLux }, j) => {
      const response = state.responses[j]!;
      const hours = Uint8Array.from(grid.hourOfRow, (hour) => grid.hourOfDay[hour]!);
      const expectation = predicted[j]!.map(
        (value, i) => centre[j]! + value + responseAt(response, hours[i]!, ownLux?.[i]),
      );
      const sigma = Float64Array.from(grid.hourOfRow, (hour) => state.sigma[j]![hour]!);
      const residual = known[j]!.map((value, i) => value - expectation[i]!);
      const points = scorePoints({
        values,
        expectation,
        residual,
        sigma,
        hourOfDay: hours,
        rowsPerHour: grid.rowsPerHour,
      });
      const parts = new Map<FaultKind, Float64Array>([
        ["range", Float64Array.from(isImpossible[j]!, (bad) => (bad ? SCORE_MAX : 0))],
        ["stuck", points.stuck],
        ["spike", points.spike],
        ["burst", points.burst],
        ["noise", points.noise],
      ]);
      return toVerdict({
        mode: "network_temperature",
        flagLevel: FLAG_LEVEL,
        values,
        parts,
        background: points.background,
        spans: spans[j]!.map((span) => ({ ...span, ...settled(span, lux[j]), score: spanScore(span) })),
        grid,
        evidence: { expectation, residual: values.map((value, i) => value - expectation[i]!), sigma },
        habits: learnHabits({
          level: state.levels[j]!,
          residual: maskSpans(state.residual[j]!, spans[j]!),
          sigma: state.sigma[j]!,
          grid,
          levelSdMin: LEVEL_SD_MIN,
        }),
      });
    });
  }
}

/** Heating shows only while there is light. */
function settled(span: HourSpan, lux: Float64Array | undefined): { start: number; end: number } {
  if (span.kind !== "sun_heating" || !lux) return span;
  return settleEdges(
    span,
    Uint8Array.from(lux, (own) => (lightShare(own) > LIT_SHARE ? 1 : 0)),
  );
}

/** Level of every sensor against the network: the median of its differences to the median of all. */
function centres(known: readonly Float64Array[]): Float64Array {
  const rows = known[0]?.length ?? 0;
  const row = new Float64Array(known.length);
  const level = Float64Array.from({ length: rows }, (_, i) => {
    for (let j = 0; j < known.length; j++) row[j] = known[j]![i]!;
    return median(row);
  });
  const common = median(level);
  return Float64Array.from(known, (own) => {
    const offset = median(own.map((value, i) => value - level[i]!));
    return Number.isFinite(offset) ? common + offset : common;
  });
}

function maskSpans(own: Float64Array, spans: readonly HourSpan[]): Float64Array {
  const masked = own.slice();
  for (const { start, end } of spans) masked.fill(Number.NaN, start, end);
  return masked;
}

interface Hours {
  masked: readonly Float64Array[];
  lux: readonly (Float64Array | undefined)[];
  centre: Float64Array;
  habits: readonly (SensorHabits | undefined)[];
  grid: HourGrid;
  predicted: readonly Float64Array[];
}

function judgeHours(hourly: readonly Float64Array[], { masked, lux, centre, habits, grid, predicted }: Hours) {
  const { hourOfDay } = grid;
  const withLight = (j: number) => (lux[j] ? { lux: lux[j] } : {});
  const usable = masked.map((own) => Uint8Array.from(own, (value) => (Number.isNaN(value) ? 0 : 1)));
  const unexplained = hourly.map((own, j) => own.map((value, t) => value - predicted[j]![t]!));
  const levels = aboveMedian(centre.map((level, j) => level + usableLevel(unexplained[j]!, usable[j]!)));
  const unusual = unusualLevels(levels, habits);
  const responses = unexplained.map((residual, j) => {
    const response = fitOwnResponse({ residual, isUsable: usable[j]!, hourOfDay, ...withLight(j) });
    return { ...response, level: response.level - unusual[j]! };
  });
  const expectation = predicted.map((own, j) =>
    own.map((value, t) => value + responseAt(responses[j]!, hourOfDay[t]!, lux[j]?.[t])),
  );
  const residual = hourly.map((own, j) => own.map((value, t) => value - expectation[j]![t]!));
  const sigma = residual.map((own, j) => ownScale({ residual: own, isUsable: usable[j]!, hourOfDay, ...withLight(j) }));
  holdScales(sigma, hourOfDay, habits);
  shareScales(sigma);
  const spans = residual.map((_, j) =>
    findSpans({ own: hourly[j]!, expectation: expectation[j]!, sigma: sigma[j]!, lux: lux[j] }),
  );
  return { expectation, residual, sigma, spans, levels, responses } satisfies HourlyState & { responses: unknown };
}

interface OwnHours {
  own: Float64Array;
  expectation: Float64Array;
  sigma: Float64Array;
  lux: Float64Array | undefined;
}

function findSpans({ own, expectation, sigma, lux }: OwnHours): HourSpan[] {
  const residual = clippedResidual(own, { expectation, sigma, clipSigmas: CLIP_SIGMAS });
  const weight = sigma.map((value) => 1 / (INFLATION * value * value));
  return segment({
    residual,
    weight,
    spanPrice: SPAN_PRICE,
    level: { kind: "bias", hoursMin: BIAS_HOURS_MIN },
    hasDrift: true,
    additive: clockShifts(own, { expectation, sigma, residual, weight, clipSigmas: CLIP_SIGMAS }),
    ...(lux ? { light: lux.map(lightShare) } : {}),
  });
}
