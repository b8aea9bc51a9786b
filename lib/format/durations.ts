import { formatNumber, MISSING } from "./numbers.ts";

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A length of time in at most two units: `40 ms`, `2.7 s`, `38 s`, `4 min 10 s`, `1 h 12 min`, `2 d 3 h`. */
export function formatDuration(durationS: number | null | undefined): string {
  if (durationS === null || durationS === undefined || !Number.isFinite(durationS)) return MISSING;
  const seconds = Math.max(0, durationS);
  if (seconds === 0) return "0 s";
  if (seconds < 0.095) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${formatNumber(seconds, { decimalsMax: 1 })} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return pair(Math.floor(whole / MINUTE_S), "min", whole % MINUTE_S, "s");
  const minutes = Math.round(seconds / MINUTE_S);
  if (minutes < DAY_S / MINUTE_S) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / HOUR_S);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** A running clock: `0:42`, `4:18`, `1:04:10`. */
export function formatClock(durationS: number | null | undefined): string {
  if (durationS === null || durationS === undefined || !Number.isFinite(durationS)) return MISSING;
  const whole = Math.max(0, Math.floor(durationS));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / HOUR_S);
  const minutes = Math.floor((whole % HOUR_S) / MINUTE_S);
  const seconds = two(whole % MINUTE_S);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
