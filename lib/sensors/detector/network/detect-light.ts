import { median } from "#lib/math/quantile";
import { closeDips } from "../single/fuse.ts";
import type { DetectorResult, FaultKind } from "../types.ts";
import { clippedResidual, clockShifts } from "./clock-shifts.ts";
import { fitFactors } from "./factor-model.ts";
import { aboveMedian, holdScales, learnHabits, type SensorHabits, unusualLevels, usableLevel } from "./habits.ts";
import { hourlyMedians, layHours, type HourGrid } from "./hour-grid.ts";
import { fitOwnResponse, responseAt } from "./own-response.ts";
import { predictWithoutSelf } from "./predict-without-self.ts";
import { spanScore } from "./score-spans.ts";
import { type AdditiveShape, type HourSpan, segment } from "./segment.ts";
import { settleEdges } from "./settle-edges.ts";
import { valueRuns } from "./stuck-runs.ts";
import { toVerdict } from "./to-verdict.ts";
import { ownScale, shareScales } from "./usual-scale.ts";

const RANK = 3;
const CUTOFF = 4;
const PASSES = 2;
const INFLATION = 3;
const CLIP_SIGMAS = 15;
const SPAN_PRICE = 20;
/** Under a covered sky loggers agree within a tenth of the logarithm; nothing is known better than twice that. */
const SIGMA_FLOOR = 0.2;
/** Hours in which the network's median (logarithmic) is above this are day; night zeros must not set the scale. */
const DAY_LEVEL = 0.3;
const BRIGHT_LEVEL = 1;
const SCALE_HOURS_MIN = 24;
/** Clear sky makes real jumps upwards. */
const SCALE_UP_REFERENCE_RATIO = 200 / 70;
const BRIDGE_HOURS = 12;
const CLOSING_HOURS = 6;
/** What only lit hours show. */
const DAY_KINDS: ReadonlySet<HourSpan["kind"]> = new Set(["scale", "zero"]);
/** Leaves and seasons move a light's level by about this much, logarithm. */
const LEVEL_SD_MIN = 0.25;
/** Below three of these a change of level is no fault, however sure it is: a factor of two. */
const SCALE_MIN = 3 * LEVEL_SD_MIN;

/**
 * Judges the light (lux) of a network of at least five sensors, on the instants that all share: like the air
 * temperature, in logarithms and with the factors of the day alone.
 */
export function detectLight(
  timestamps: Float64Array,
  values: readonly Float64Array[],
  habits: readonly (SensorHabits | undefined)[] = [],
): DetectorResult[] {
  const grid = layHours(timestamps);
  const unit = lightUnit(values);
  const hourlyLux = values.map((own) => hourlyMedians(own, grid));
  const hourly = hourlyLux.map((own) => own.map((lux) => (lux < 0 ? Number.NaN : Math.log1p(lux / unit))));
  const isDay = findDay(hourly, grid.hourCount);
  let judged = judge(hourly, { isDay, grid, habits, spans: values.map((): HourSpan[] => []) });
  for (let pass = 1; pass < PASSES; pass++) {
    judged = judge(hourly, { isDay, grid, habits, spans: judged.map(({ spans }) => spans) });
  }
  return judged.map(({ spans, expectation, sigma, level }, j) => {
    const residual = hourly[j]!.map((value, t) => (isDay[t] ? value - expectation[t]! : Number.NaN));
    for (const { start, end } of spans) residual.fill(Number.NaN, start, end);
    const learned = learnHabits({ level, residual, sigma, grid, isUsed: isDay, levelSdMin: LEVEL_SD_MIN });
    const isLit = isDay.map((day, t) => (day && expectation[t]! > DAY_LEVEL ? 1 : 0));
    const settled = spans.map((span) => (DAY_KINDS.has(span.kind) ? { ...span, ...settleEdges(span, isLit) } : span));
    return verdictOf(values[j]!, { spans: bridge(settled), expectation, sigma, isLit, grid, unit, habits: learned });
  });
}

/** A twentieth of the usual light: below, differences of light hardly count. */
function lightUnit(values: readonly Float64Array[]): number {
  const positive = median(Float64Array.from(values, (own) => median(own.filter((lux) => lux > 0))));
  return positive > 0 ? 0.05 * positive : 1;
}

function findDay(hourly: readonly Float64Array[], hourCount: number): Uint8Array {
  const row = new Float64Array(hourly.length);
  return Uint8Array.from({ length: hourCount }, (_, t) => {
    for (let j = 0; j < hourly.length; j++) row[j] = hourly[j]![t]!;
    return median(row) > DAY_LEVEL ? 1 : 0;
  });
}

interface Pass {
  isDay: Uint8Array;
  grid: HourGrid;
  habits: readonly (SensorHabits | undefined)[];
  spans: readonly HourSpan[][];
}

interface JudgedLight {
  expectation: Float64Array;
  sigma: Float64Array;
  spans: HourSpan[];
  /** Level above the network's median, logarithm; faults left out. */
  level: number;
}

function judge(hourly: readonly Float64Array[], { isDay, grid, habits, spans }: Pass): JudgedLight[] {
  const masked = hourly.map((own, j) => {
    const kept = own.slice();
    for (const { start, end } of spans[j]!) kept.fill(Number.NaN, start, end);
    return kept;
  });
  const { predicted, centre } = predictDay(masked, isDay);
  const usable = masked.map((own) => Uint8Array.from(own, (value) => (Number.isNaN(value) ? 0 : 1)));
  const { hourOfDay } = grid;
  const unexplained = hourly.map((own, j) => own.map((value, t) => value - predicted[j]![t]!));
  const byDay = usable.map((own) => own.map((isKnown, t) => isKnown & isDay[t]!));
  const levels = aboveMedian(centre.map((level, j) => level + usableLevel(unexplained[j]!, byDay[j]!)));
  const unusual = unusualLevels(levels, habits);
  const expectation = unexplained.map((residual, j) => {
    const response = fitOwnResponse({ residual, isUsable: usable[j]!, hourOfDay });
    return predicted[j]!.map((value, t) =>
      Math.max(0, value + responseAt(response, hourOfDay[t]!) - (isDay[t] ? unusual[j]! : 0)),
    );
  });
  const sigma = hourly.map((own, j) => {
    const residual = own.map((value, t) => value - expectation[j]![t]!);
    return ownScale({ residual, isUsable: usable[j]!, hourOfDay });
  });
  holdScales(sigma, hourOfDay, habits);
  shareScales(sigma);
  return hourly.map((own, j) => {
    const floored = sigma[j]!.map((value) => Math.max(SIGMA_FLOOR, value));
    const found = findSpans(own, { expectation: expectation[j]!, sigma: floored, isDay });
    return { expectation: expectation[j]!, sigma: floored, spans: found, level: levels[j]! };
  });
}

/** Predictions of the hours of day from the factors, 0 at night. */
function predictDay(masked: readonly Float64Array[], isDay: Uint8Array) {
  const dayHours = [...isDay.keys()].filter((t) => isDay[t]);
  const centre = Float64Array.from(masked, (own) => {
    const level = median(Float64Array.from(dayHours, (t) => own[t]!));
    return Number.isFinite(level) ? level : 0;
  });
  const day = masked.map((own, j) => Float64Array.from(dayHours, (t) => own[t]! - centre[j]!));
  const model = fitFactors(day, { rank: RANK, cutoff: CUTOFF });
  const ofDay = predictWithoutSelf(day, model);
  const predicted = masked.map((_, j) => {
    const all = new Float64Array(isDay.length);
    dayHours.forEach((t, k) => (all[t] = ofDay[j]![k]! + centre[j]!));
    return all;
  });
  return { predicted, centre };
}

interface Expected {
  expectation: Float64Array;
  sigma: Float64Array;
  isDay: Uint8Array;
}

function findSpans(own: Float64Array, { expectation, sigma, isDay }: Expected): HourSpan[] {
  const residual = clippedResidual(own, { expectation, sigma, clipSigmas: CLIP_SIGMAS });
  const weight = sigma.map((value) => 1 / (INFLATION * value * value));
  const zero = own.map((value, t) => weight[t]! * (residual[t]! ** 2 - (value === 0 ? 0 : 3) ** 2));
  const misfit = residual.map((value, t) => {
    const most = isDay[t] ? 25 : 100;
    return (Math.min(most, (value / sigma[t]!) ** 2) - 9) / INFLATION;
  });
  const additive: AdditiveShape[] = [
    { kind: "zero", size: 0, hoursMin: 12, price: 5, gains: zero },
    { kind: "misfit", size: Number.NaN, hoursMin: 6, price: 20, gains: misfit },
    ...clockShifts(own, { expectation, sigma, residual, weight, clipSigmas: CLIP_SIGMAS }),
  ];
  return segment({
    residual,
    weight: weight.map((value, t) => (isDay[t] ? value : 0)),
    spanPrice: SPAN_PRICE,
    level: { kind: "scale", hoursMin: SCALE_HOURS_MIN },
    hasDrift: false,
    additive,
  });
}

/** Spans close together are one fault: what lies between is flagged too. */
function bridge(spans: readonly HourSpan[]): HourSpan[] {
  return spans.flatMap((span, k) => {
    const next = spans[k + 1];
    const isClose = next && next.start - span.end > 0 && next.start - span.end < BRIDGE_HOURS;
    if (!isClose || scoreOf(span) <= 1 || scoreOf(next) <= 1) return [span];
    return [span, { ...span, start: span.end, end: next.start }];
  });
}

function scoreOf(span: HourSpan): number {
  const score = spanScore(span);
  if (span.kind !== "scale") return score;
  const sure = span.size > 0 ? score / Math.sqrt(SCALE_UP_REFERENCE_RATIO) : score;
  return Math.min(sure, Math.abs(span.size) / SCALE_MIN);
}

interface Judged {
  spans: readonly HourSpan[];
  expectation: Float64Array;
  sigma: Float64Array;
  /** Hours in which this sensor is expected to see the day. */
  isLit: Uint8Array;
  grid: HourGrid;
  unit: number;
  habits: SensorHabits | null;
}

function verdictOf(
  values: Float64Array,
  { spans, expectation, sigma, isLit, grid, unit, habits }: Judged,
): DetectorResult {
  const { hourOfRow, rowsPerHour } = grid;
  const toLux = (level: number) => unit * Math.expm1(level);
  const expected = Float64Array.from(hourOfRow, (hour) => toLux(expectation[hour]!));
  const misfit = values.map((lux, i) => Math.abs(Math.log1p(Math.max(0, lux) / unit) - expectation[hourOfRow[i]!]!));
  const background = misfit.map((value, i) =>
    Math.min(0.3, (Number.isNaN(value) ? 0 : value) / sigma[hourOfRow[i]!]! / 40),
  );
  const parts = new Map<FaultKind, Float64Array>([
    ["range", Float64Array.from(values, (lux) => (lux < 0 ? 20 : 0))],
    ["stuck", stuckScore(values, rowsPerHour)],
    ["zero", zeroScore(values, { expectation, isLit, grid })],
  ]);
  for (const [kind, part] of parts) parts.set(kind, closeDips(part, CLOSING_HOURS * rowsPerHour));
  const verdict = toVerdict({
    mode: "network_light",
    flagLevel: 1,
    values,
    parts,
    background,
    spans: spans.map((span) => ({
      ...span,
      size: span.kind === "scale" ? Math.exp(span.size) : span.size,
      score: scoreOf(span),
    })),
    grid,
    habits,
    evidence: {
      expectation: expected,
      residual: values.map((lux, i) => lux - expected[i]!),
      sigma: Float64Array.from(
        hourOfRow,
        (hour) => toLux(expectation[hour]! + sigma[hour]!) - toLux(expectation[hour]!),
      ),
    },
  });
  return verdict;
}

/** One positive value for hours: light never holds still. */
function stuckScore(values: Float64Array, rowsPerHour: number): Float64Array {
  const score = new Float64Array(values.length);
  for (const { start, end } of valueRuns(values, 3)) {
    if (values[start]! > 0) score.fill((end - start) / (4 * rowsPerHour), start, end);
  }
  return score;
}

/** No light while hours of brightness were expected. */
function zeroScore(
  values: Float64Array,
  { expectation, isLit, grid }: { expectation: Float64Array; isLit: Uint8Array; grid: HourGrid },
): Float64Array {
  const { hourOfRow, rowOfHour, rowsPerHour } = grid;
  const score = new Float64Array(values.length);
  for (const { start, end } of valueRuns(values, rowsPerHour)) {
    if (values[start] !== 0) continue;
    let bright = 0;
    for (let i = start; i < end; i++) if (expectation[hourOfRow[i]!]! > BRIGHT_LEVEL) bright++;
    // Whole hours: at dusk the last minutes of a lit hour are dark.
    const whole = { start: hourOfRow[start - 1] ?? -1, end: hourOfRow[end] ?? isLit.length };
    const settled = settleEdges({ start: whole.start + 1, end: whole.end }, isLit);
    const from = Math.max(start, rowOfHour[settled.start]!);
    const to = Math.min(end, rowOfHour[settled.end]!);
    score.fill(bright / rowsPerHour / 3, from, to);
  }
  return score;
}
