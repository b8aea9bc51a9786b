import { formatZone } from "#lib/format/dates";
import { countOf, joinList } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { learnStepMs } from "#lib/math/gaps";
import { extent } from "#lib/math/stats";
import { valueNear } from "./align.ts";
import { decimalsForSpan } from "./decimals.ts";
import { flagsAt } from "./flags.ts";
import type { ChartFlag, SeriesChartSpec, TimeRange } from "./spec.ts";
import { instantText } from "./time-ticks.ts";

/** A pointer does not tell apart more than this many places across a chart. */
const POINTER_PARTS = 200;

const FLAG_WORDS: Record<ChartFlag["flag"], string> = { 2: "not evaluated", 3: "suspect", 4: "fail", 9: "missing" };

/** "flag 4 fail, drift". */
export function flagWords({ flag, check }: Pick<ChartFlag, "flag" | "check">): string {
  return `flag ${flag} ${FLAG_WORDS[flag]}, ${check}`;
}

/** "1,344 points drawn as 370 min/max pairs"; only the number of points when all of them are drawn. */
export function drawnWords(drawn: { points: number; pairs: number }): string {
  const points = countOf(drawn.points, "point");
  return drawn.pairs > 0 ? `${points} drawn as ${countOf(drawn.pairs, "min/max pair")}` : points;
}

/** What a chart shows at one instant: a line per series and the flags there. */
export interface Reading {
  time: string;
  lines: { id: string; label: string; kind: SeriesChartSpec["series"][number]["kind"]; value: string; unit: string }[];
  flags: ChartFlag[];
}

/**
 * How far from the cursor a point of each series may lie to be read, ms: about its own step, so that an hourly
 * reference is read between its hours, and at least what a pointer cannot tell apart.
 */
export function readingTolerances(chart: SeriesChartSpec, range: TimeRange): Map<string, number> {
  const pointerMs = (range.toMs - range.fromMs) / POINTER_PARTS;
  return new Map(
    chart.series.map(({ id, points }) => {
      const stepMs = learnStepMs(points.t);
      return [id, Math.max(pointerMs, Number.isNaN(stepMs) ? 0 : stepMs * 0.75)];
    }),
  );
}

/** Values of every series at an instant; points further away than the tolerance of their series count as missing. */
export function readingAt(chart: SeriesChartSpec, atMs: number, tolerances: ReadonlyMap<string, number>): Reading {
  const lines = chart.series.map(({ id, label, kind, unit, points }) => {
    const { min, max } = extent(points.v.map((value) => value ?? NaN));
    const decimals = decimalsForSpan(max - min);
    const value = formatNumber(valueNear(points, atMs, tolerances.get(id) ?? 0), {
      decimals,
      signed: kind === "residual",
    });
    return { id, label, kind, value, unit };
  });
  const zone = chart.zoneName ?? formatZone(atMs, chart.timeZone);
  return { time: `${instantText(atMs, chart.timeZone)} ${zone}`, lines, flags: flagsAt(chart.flags, atMs) };
}

/** The reading as one spoken sentence. */
export function readingWords({ time, lines, flags }: Reading): string {
  const values = lines.map(({ label, value, unit }) =>
    value === "–" ? `${label} missing` : [label, value, unit].filter(Boolean).join(" "),
  );
  return [time, ...values, ...flags.map(flagWords)].join(", ");
}

/** One sentence that stands for the picture: what, from when to when, how low and high, what is flagged. */
export function chartSummary(chart: SeriesChartSpec): string {
  const parts = chart.series.map(({ label, unit, points }) => {
    const { min, max } = extent(points.v.map((value) => value ?? NaN));
    if (Number.isNaN(min)) return `${label}: no data`;
    const decimals = decimalsForSpan(max - min);
    const range = `${formatNumber(min, { decimals })} to ${formatNumber(max, { decimals })}`;
    return [label, range, unit].filter(Boolean).join(" ");
  });
  const checks = [...new Set(chart.flags.map(({ check }) => check))];
  const flags = checks.length ? `${countOf(chart.flags.length, "flagged span")}: ${joinList(checks, 4)}` : "no flags";
  return `${chart.title}. ${parts.join(". ")}. ${flags}.`;
}
