import { median } from "#lib/math/quantile";
import { rollingMedian } from "#lib/math/rolling-median";
import { type FaultKind, type FaultSpan, FLAG_SCORE } from "../types.ts";
import { type ComponentName, levelSpans } from "./components.ts";
import { COMPONENT_KINDS } from "./profiles.ts";
import type { SingleRecord } from "./record.ts";

interface Judged {
  record: SingleRecord;
  score: Float64Array;
  parts: ReadonlyMap<ComponentName, Float64Array>;
}

/** Beyond this, more of one component says no more about the cause. */
const PART_MAX = 3;

/** Runs of flagged rows, gaps up to an hour closed, each with the cause most of its suspicion points to. */
export function toFaultSpans({ record, score, parts }: Judged): FaultSpan[] {
  const hourRows = Math.max(1, Math.floor(record.dayRows / 24));
  const runs: { start: number; end: number }[] = [];
  for (let i = 0; i < score.length; i++) {
    if (score[i]! <= FLAG_SCORE) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last.end <= hourRows) last.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  const usual = runs.length > 0 ? rollingMedian(record.filled, Math.max(3, record.dayRows)) : record.filled;
  return runs.map(({ start, end }) => {
    const kind = kindOf(record, parts, { start, end });
    let peak = start;
    for (let i = start; i < end; i++) if (score[i]! > score[peak]!) peak = i;
    const magnitude = sizeOf(kind, { record, usual, start, end });
    return { kind, startIndex: start, endIndex: end, magnitude, score: score[peak]! };
  });
}

function kindOf(
  record: SingleRecord,
  parts: Judged["parts"],
  { start, end }: { start: number; end: number },
): FaultKind {
  let codes = 0;
  for (let i = start; i < end; i++) codes += record.isCode[i]!;
  if (codes * 2 >= end - start) return "code";
  const totals = new Map<FaultKind, number>();
  for (const [name, part] of parts) {
    let total = 0;
    for (let i = start; i < end; i++) total += part[i]! > 0.5 ? Math.min(part[i]!, PART_MAX) : 0;
    const kind = COMPONENT_KINDS[name];
    totals.set(kind, Math.max(totals.get(kind) ?? 0, total));
  }
  const [best] = [...totals].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] > 0 ? best[0] : "misfit";
}

interface Sized {
  record: SingleRecord;
  /** Median of a day around each row. */
  usual: Float64Array;
  start: number;
  end: number;
}

/** In the unit of the values; NaN for kinds without a size. */
function sizeOf(kind: FaultKind, { record, usual, start, end }: Sized): number {
  if (kind === "code" || kind === "misfit") return Number.NaN;
  if (kind === "stuck") return median(record.filled.subarray(start, end));
  if (kind === "bias" || kind === "drift") {
    const near = levelSpans(record, kind).filter((span) => span.start < end && span.end > start);
    return near.sort((a, b) => b.strength - a.strength)[0]?.size ?? Number.NaN;
  }
  let size = 0;
  for (let i = start; i < end; i++) {
    const off = record.filled[i]! - usual[i]!;
    if (Math.abs(off) > Math.abs(size)) size = off;
  }
  return size;
}
