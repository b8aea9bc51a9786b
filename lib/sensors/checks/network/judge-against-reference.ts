import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { quantityText } from "#lib/sensors/core/quantity-text";
import { findChangePoints } from "../change-point/change-point-check.ts";
import { findClockShifts } from "../clock-shift/clock-shift-check.ts";
import { spansOfHours } from "../core/flagged-hours.ts";
import {
  learnUsualDifference,
  referenceScore,
  type UsualDifference,
} from "../reference-residual/reference-residual-check.ts";
import { findSunHeating } from "../sun-heating/sun-heating-check.ts";
import type { HourSpan } from "../../detector/network/segment.ts";
import type { NetworkCheck } from "./schema.ts";
import { HOUR_MS, type HourFrame } from "./hours.ts";

interface Compared {
  own: Float64Array;
  reference: Float64Array;
  referenceCode: string;
  frame: HourFrame;
  /** Accuracy of the sensor, unit of the values. */
  accuracy: number;
  unit: string;
  hoursMin: number;
  /** Whether level, slope, clock and sun are looked for too: where the fault detector can tell, it tells better. */
  seeksLong: boolean;
  lux: Float64Array | null;
}

/** Long faults teach wrong habits: what a first pass finds is left out of what a second one learns. */
const PASSES = 2;
/** Hourly medians are finer than single readings, in accuracies of the sensor. */
const SIGMA_ACCURACIES_MIN = 0.2;

/** One sensor against its reference station; null when they have less than three days in common. */
export function judgeAgainstReference(compared: Compared): FlagSpan[] | null {
  const { own, reference, referenceCode, frame, accuracy, unit, hoursMin, seeksLong } = compared;
  const difference = own.map((value, t) => value - reference[t]!);
  let usual = learnUsualDifference(difference, frame.hourOfDay);
  if (usual === null) return null;
  let long: LongSpan[] = [];
  for (let pass = 0; seeksLong && pass < PASSES; pass++) {
    long = longSpans(compared, difference, usual);
    const healthy = difference.slice();
    for (const { start, end } of long) healthy.fill(Number.NaN, start, end);
    usual = learnUsualDifference(healthy, frame.hourOfDay) ?? usual;
  }
  const sure = long.filter(({ score }) => score > 1);
  const known = usual;
  const offAt = (t: number) => difference[t]! - known.byHour[frame.hourOfDay[t]!]!;
  const scores = difference.map((value, t) =>
    sure.some(({ start, end }) => t >= start && t < end)
      ? Number.NaN
      : referenceScore(value, frame.hourOfDay[t]!, { usual: known, accuracy }),
  );
  const short = spansOfHours({
    ...{ check: "reference", startMs: frame.startMs, scores, hoursMin },
    reason: ({ worst }) => {
      const size = quantityText(Math.abs(offAt(worst)), unit);
      return `Up to ${size} too ${offAt(worst) < 0 ? "low" : "high"} against the reference ${referenceCode}, its usual difference taken out.`;
    },
  });
  return [...short, ...sure.map((span) => toSpan(span, compared))];
}

type LongSpan = ReturnType<typeof findChangePoints>[number];

/** Faults that last: level and slope, clock, sun. Of several explanations of one time the one that explains most. */
function longSpans(
  { own, reference, frame, accuracy, lux }: Compared,
  difference: Float64Array,
  { byHour, dailySd }: UsualDifference,
): LongSpan[] {
  const sigma = Math.max(dailySd, SIGMA_ACCURACIES_MIN * accuracy);
  if (!(sigma > 0)) return [];
  const usualAt = (t: number) => byHour[frame.hourOfDay[t]!]!;
  const residual = difference.map((value, t) => value - usualAt(t));
  const expectation = reference.map((value, t) => value + usualAt(t));
  const candidates = [
    ...findClockShifts(own, expectation, sigma),
    ...(lux ? findSunHeating(residual, lux, sigma) : []),
    ...findChangePoints(residual, sigma).filter((span) => isThroughout(residual, span)),
  ];
  const chosen: LongSpan[] = [];
  for (const span of candidates.sort((a, b) => b.gain - a.gain || a.start - b.start)) {
    if (chosen.every(({ start, end }) => span.end <= start || span.start >= end)) chosen.push(span);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

/** A level is off in most of its hours; a few hours far off are stretched to the least length of a span. */
function isThroughout(residual: Float64Array, { kind, start, end, size }: HourSpan): boolean {
  if (kind !== "bias") return true;
  const known = residual.subarray(start, end).filter((value) => !Number.isNaN(value));
  const off = known.filter((value) => value * Math.sign(size) > Math.abs(size) / 2);
  return off.length > 0.6 * known.length;
}

function toSpan(span: LongSpan, { frame, referenceCode, unit }: Compared): FlagSpan {
  return {
    ...{ check: CHECK_OF[span.kind] ?? "change point", flag: FLAG.suspect, pointCount: span.end - span.start },
    reason: reasonOf(span, referenceCode, unit),
    startAtMs: frame.startMs + span.start * HOUR_MS,
    endAtMs: frame.startMs + span.end * HOUR_MS - 1,
    score: Math.round(span.score * 100) / 100,
  };
}

const CHECK_OF: Partial<Record<HourSpan["kind"], NetworkCheck>> = {
  clock_shift: "clock shift",
  sun_heating: "sun heating",
};

function reasonOf({ kind, size }: HourSpan, referenceCode: string, unit: string): string {
  if (kind === "clock_shift") {
    return `Shows what ${referenceCode} shows ${Math.abs(size)} h ${size > 0 ? "later" : "earlier"}.`;
  }
  const against = `against the reference ${referenceCode}`;
  if (kind === "sun_heating") return `Heats up by ${quantityText(size, unit)} in full light ${against}.`;
  const off = `${quantityText(Math.abs(size), unit)} too ${size < 0 ? "low" : "high"} ${against}`;
  return kind === "drift" ? `Drifted to ${off}.` : `Reads ${off}.`;
}
