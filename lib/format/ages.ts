import type { Instant } from "./dates.ts";
import { toMs } from "./dates.ts";
import { MISSING } from "./numbers.ts";

/** How long ago, in one unit: `3 s`, `6 min`, `11 h`, `9 d`, `2 y`. An instant ahead of `now` counts as `0 s`. */
export function formatAge(at: Instant | null | undefined, now: Instant): string {
  if (at === null || at === undefined) return MISSING;
  const atMs = toMs(at);
  if (Number.isNaN(atMs)) return MISSING;
  const seconds = Math.max(0, Math.floor((toMs(now) - atMs) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  const days = Math.floor(seconds / 86_400);
  return days < 365 ? `${days} d` : `${Math.floor(days / 365.25) || 1} y`;
}
