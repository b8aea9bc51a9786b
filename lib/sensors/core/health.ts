import { formatDuration } from "#lib/format/durations";
import { FLAG, type FlagSpan, type QartodFlag } from "./flag.ts";

export type SensorState = "good" | "suspect" | "fault" | "silent";

export interface HealthInput {
  /** Spans of all datastreams of the sensor, in any order. */
  spans: Iterable<FlagSpan>;
  /** Newest observation of any datastream; `null` when there has never been one. */
  lastObservedAtMs: number | null;
  nowMs: number;
  /** Usual time between observations of the sensor's fastest datastream; `NaN` when unknown. */
  usualStepMs: number;
  /** How far back from the newest observation flags count, milliseconds; one day unless told. */
  windowMs?: number;
}

export interface SensorHealth {
  state: SensorState;
  reason: string;
  /** Start of the span that decided, or the last observation of a silent sensor. */
  sinceMs: number | null;
}

const SILENT_AFTER_MS_MIN = 3_600_000;
const SILENT_AFTER_STEPS = 6;
const WINDOW_MS = 86_400_000;
/** Fewer flagged values than this inside the window, none of them the newest, are an incident and not a state. */
const POINTS_FOR_STATE = 3;

/** The instant after which a sensor without a newer observation is silent: max(1 h, 6 usual steps) later. */
export function silentAfterMs(lastObservedAtMs: number, usualStepMs: number): number {
  const steps = usualStepMs > 0 ? SILENT_AFTER_STEPS * usualStepMs : 0;
  return lastObservedAtMs + Math.max(SILENT_AFTER_MS_MIN, steps);
}

interface Tally {
  points: number;
  worst: FlagSpan | null;
  reachesEnd: boolean;
}

/** Flagged points of one severity that touch [fromMs, lastMs]; a span that straddles the edge counts by its share. */
function tally(spans: FlagSpan[], flag: QartodFlag, window: { fromMs: number; lastMs: number }): Tally {
  const sum: Tally = { points: 0, worst: null, reachesEnd: false };
  for (const span of spans) {
    if (span.flag !== flag || span.endAtMs < window.fromMs) continue;
    const lengthMs = span.endAtMs - span.startAtMs;
    const insideMs = span.endAtMs - Math.max(span.startAtMs, window.fromMs);
    sum.points += lengthMs > 0 ? span.pointCount * (insideMs / lengthMs) : span.pointCount;
    sum.reachesEnd ||= span.endAtMs >= window.lastMs;
    const worst = sum.worst;
    if (worst === null || span.pointCount > worst.pointCount) sum.worst = span;
  }
  return sum;
}

function isState(sum: Tally): boolean {
  return sum.reachesEnd || sum.points >= POINTS_FOR_STATE;
}

/**
 * State of a sensor now, from its flag spans and its newest observation.
 *
 * Silence is tested first and against `nowMs`: a sensor is never left frozen at the state of its last reading.
 * Otherwise failed values decide for a fault and suspect (or a few failed) values for a suspect sensor, looking at
 * the day before the newest observation; older spans no longer count, so a repaired sensor recovers by itself.
 */
export function sensorHealth(input: HealthInput): SensorHealth {
  const { lastObservedAtMs, nowMs } = input;
  if (lastObservedAtMs === null) return { state: "silent", reason: "No observation has been received.", sinceMs: null };
  if (nowMs > silentAfterMs(lastObservedAtMs, input.usualStepMs)) {
    const reason = `Nothing received for ${formatDuration((nowMs - lastObservedAtMs) / 1000)}.`;
    return { state: "silent", reason, sinceMs: lastObservedAtMs };
  }
  const spans = [...input.spans];
  const window = { fromMs: lastObservedAtMs - (input.windowMs ?? WINDOW_MS), lastMs: lastObservedAtMs };
  const fail = tally(spans, FLAG.fail, window);
  if (fail.worst !== null && isState(fail)) {
    return { state: "fault", reason: fail.worst.reason, sinceMs: fail.worst.startAtMs };
  }
  const suspect = tally(spans, FLAG.suspect, window);
  const doubtful = fail.worst ?? suspect.worst;
  if (doubtful !== null && (isState(suspect) || fail.worst !== null)) {
    return { state: "suspect", reason: doubtful.reason, sinceMs: doubtful.startAtMs };
  }
  const reason = doubtful === null ? "No check found anything." : `Good apart from one incident: ${doubtful.reason}`;
  return { state: "good", reason, sinceMs: null };
}
