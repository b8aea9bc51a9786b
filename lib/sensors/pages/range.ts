import { z } from "zod";

export const RANGES = [
  { id: "24h", label: "24 h", days: 1 },
  { id: "7d", label: "7 d", days: 7 },
  { id: "14d", label: "14 d", days: 14 },
  { id: "90d", label: "90 d", days: 90 },
  { id: "all", label: "all", days: null },
] as const;

export type RangeId = (typeof RANGES)[number]["id"];
const DEFAULT: RangeId = "14d";
const DAY_MS = 86_400_000;

export interface ChosenRange {
  /** The pressed button; null after zooming. */
  id: RangeId | null;
  from: string | null;
  to: string | null;
}

const instant = z.iso.datetime();

/**
 * What the URL asks to see. The buttons count back from the newest reading, not from now: a sensor that fell silent
 * in spring still shows its last days.
 */
export function chosenRange(
  params: URLSearchParams,
  extent: { firstObservedAt: string | null; lastObservedAt: string | null },
): ChosenRange {
  const { firstObservedAt, lastObservedAt } = extent;
  const from = instant.safeParse(params.get("from")).data;
  const to = instant.safeParse(params.get("to")).data;
  if (from !== undefined && to !== undefined && from < to) return { id: null, from, to };
  const range = RANGES.find(({ id }) => id === params.get("range")) ?? RANGES.find(({ id }) => id === DEFAULT);
  if (!range || range.days === null || lastObservedAt === null)
    return { id: range?.id ?? DEFAULT, from: null, to: null };
  const start = new Date(Date.parse(lastObservedAt) - range.days * DAY_MS).toISOString();
  // Nothing was measured before the first reading; an empty half of a chart says nothing.
  return {
    id: range.id,
    from: firstObservedAt && firstObservedAt > start ? firstObservedAt : start,
    to: lastObservedAt,
  };
}

const WIDTH_PX = 1000;

/** The query of the series; the same text on the server and in the browser, so that the first answer is found. */
export function seriesQueryOf(property: string, { from, to }: ChosenRange): string {
  const query = new URLSearchParams({ property, widthPx: String(WIDTH_PX) });
  if (from) query.set("from", from);
  if (to) query.set("to", to);
  return query.toString();
}
