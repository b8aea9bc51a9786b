/** Recorded time against the clock on the wall. Pausing, seeking and another speed are a new one from where it stands. */
export interface Playback {
  /** Recorded time at the beginning, ms. */
  fromMs: number;
  toMs: number;
  startedAtMs: number;
  /** Recorded seconds in a second. */
  speed: number;
  isLooping: boolean;
}

export interface PlaybackPosition {
  positionMs: number;
  /** How many times the end was passed. */
  pass: number;
  isOver: boolean;
}

/** Where a playback stands; a loop begins again at `fromMs`. */
export function positionAt({ fromMs, toMs, startedAtMs, speed, isLooping }: Playback, nowMs: number): PlaybackPosition {
  const playedMs = Math.max(0, nowMs - startedAtMs) * speed;
  const spanMs = Math.max(1, toMs - fromMs);
  if (!isLooping) return { positionMs: Math.min(toMs, fromMs + playedMs), pass: 0, isOver: playedMs >= spanMs };
  return { positionMs: fromMs + (playedMs % spanMs), pass: Math.floor(playedMs / spanMs), isOver: false };
}

/**
 * When each record of files is played, ms from the beginning: as far apart as recorded, but a silence is no longer
 * than `gapMaxS`, and a step back (a session that came late) takes no time.
 */
export function timelineOf(timesMs: readonly number[], gapMaxS: number): Float64Array {
  const timeline = new Float64Array(timesMs.length);
  for (let i = 1; i < timesMs.length; i += 1) {
    const stepMs = (timesMs[i] ?? 0) - (timesMs[i - 1] ?? 0);
    timeline[i] = (timeline[i - 1] ?? 0) + Math.min(Math.max(stepMs, 0), gapMaxS * 1000);
  }
  return timeline;
}
