import type { Track } from "./board.ts";

/** The limit that the vehicles' own flags keep to. */
export const LIMIT_KMH = 120;
const GAP_MS = 60_000;

interface Plot {
  rangeS: number;
  widthPx: number;
  heightPx: number;
  maxKmh: number;
}

/** The last stretch of a track as SVG point lists, one for each part without a gap. */
export function visiblePart(
  { atMs, speedKmh }: Track,
  { rangeS, widthPx, heightPx, maxKmh }: Plot,
): { lines: string[]; untilMs: number | null } {
  const untilMs = atMs.at(-1) ?? null;
  if (untilMs === null) return { lines: [], untilMs };
  const fromMs = untilMs - rangeS * 1000;
  const lines: string[][] = [];
  let beforeMs = -Infinity;
  for (const [index, ms] of atMs.entries()) {
    if (ms < fromMs) continue;
    if (ms - beforeMs > GAP_MS) lines.push([]);
    beforeMs = ms;
    const x = ((ms - fromMs) / (untilMs - fromMs)) * widthPx;
    const y = heightPx - (Math.min(speedKmh[index] ?? 0, maxKmh) / maxKmh) * heightPx;
    lines.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  return { lines: lines.map((points) => points.join(" ")), untilMs };
}
