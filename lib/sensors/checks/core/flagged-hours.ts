import { FLAG, type FlagSpan, type QartodFlag } from "#lib/sensors/core/flag";

const HOUR_MS = 3_600_000;
/** Flagged hours with no more than this many others between them are one span. */
const BRIDGE_HOURS = 2;

/** What a check says hour by hour about one series. */
export interface HourlyFindings {
  check: string;
  /** Start of the first hour, UTC ms. */
  startMs: number;
  /** How far beyond the limit, 1 = at it; NaN = not judged. */
  scores: ArrayLike<number>;
  /** Spans with fewer flagged hours say more about weather than about a sensor. */
  hoursMin: number;
  flag?: QartodFlag;
  /** One sentence about hours [from, to). */
  reason: (span: { from: number; to: number; worst: number }) => string;
}

/** Spans of hours that are beyond the limit, in time order. Streaming: a span is final once more than two hours passed. */
export function spansOfHours({
  check,
  startMs,
  scores,
  hoursMin,
  flag = FLAG.suspect,
  reason,
}: HourlyFindings): FlagSpan[] {
  const spans: FlagSpan[] = [];
  let from = -1;
  let to = -1;
  let count = 0;
  let worst = -1;
  const close = () => {
    if (count >= hoursMin) {
      spans.push({
        ...{ check, flag, reason: reason({ from, to, worst }) },
        ...{ startAtMs: startMs + from * HOUR_MS, endAtMs: startMs + to * HOUR_MS - 1, pointCount: count },
        score: Math.round(scores[worst]! * 100) / 100,
      });
    }
    count = 0;
  };
  for (let hour = 0; hour < scores.length; hour++) {
    if (!(scores[hour]! > 1)) continue;
    if (count > 0 && hour - to > BRIDGE_HOURS) close();
    if (count === 0) [from, worst] = [hour, hour];
    if (scores[hour]! > scores[worst]!) worst = hour;
    to = hour + 1;
    count += 1;
  }
  close();
  return spans;
}
