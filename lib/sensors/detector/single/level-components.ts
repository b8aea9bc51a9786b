import { finiteOf, median, quantile } from "#lib/math/quantile";
import { rollingMedian } from "#lib/math/rolling-median";
import { robustStandardDeviation } from "#lib/math/stats";
import type { SingleRecord } from "./record.ts";

/** Distance from the half-day median in units of the usual distance over two days. */
export function rollComponent({ filled, dayRows, range }: SingleRecord): Float64Array {
  const medians = rollingMedian(filled, Math.max(3, Math.round(dayRows / 2)));
  const distances = filled.map((value, i) => Math.abs(value - medians[i]!));
  const spread = rollingMedian(distances, 2 * dayRows);
  return distances.map((distance, i) => ratio(distance, spread[i]! + 0.02 * range));
}

/** Distance outside the 1 % to 99 % quantiles in units of half their distance. */
export function rangeComponent(record: SingleRecord): Float64Array {
  return outside(record, [0.01, 0.99], 0.5);
}

/** Distance outside the quartiles in units of the interquartile range. */
export function fenceComponent(record: SingleRecord): Float64Array {
  return outside(record, [0.25, 0.75], 1);
}

function outside({ filled, isThere, resolution }: SingleRecord, [from, to]: [number, number], share: number) {
  const known = filled.filter((_, i) => isThere[i]);
  const low = quantile(known, from);
  const high = quantile(known, to);
  const scale = Math.max(share * (high - low), resolution);
  return filled.map((value) => ratio(Math.max(0, low - value, value - high), scale));
}

/** Distance from the three-day median and the usual course of a day. */
export function seasonComponent({ filled, dayRows, range, resolution }: SingleRecord): Float64Array {
  const medians = rollingMedian(filled, 3 * dayRows);
  const residuals = filled.map((value, i) => value - medians[i]!);
  const slotRows = Math.max(1, Math.round(dayRows / 24));
  const slots = Math.ceil(dayRows / slotRows);
  const bySlot: number[][] = Array.from({ length: slots }, () => []);
  residuals.forEach((residual, i) => bySlot[Math.floor((i % dayRows) / slotRows)]!.push(residual));
  const profile = bySlot.map((slot) => (slot.length > 0 ? median(slot) : 0));
  const rest = residuals.map((residual, i) => residual - profile[Math.floor((i % dayRows) / slotRows)]!);
  const scale = robustStandardDeviation(rest) + 0.02 * range + resolution;
  return rest.map((residual) => ratio(Math.abs(residual), scale));
}

/**
 * Runs of at least three identical values, in units of the longer of a quarter day and the series' own long runs
 * (99 % quantile of run length by rows, at most a day).
 */
export function stuckComponent({ filled, isThere, dayRows }: SingleRecord): Float64Array {
  const lengths = new Float64Array(filled.length);
  for (let start = 0; start < filled.length;) {
    let end = start + 1;
    while (end < filled.length && filled[end] === filled[start]) end++;
    let known = 0;
    for (let i = start; i < end; i++) known += isThere[i]!;
    lengths.fill(known, start, end);
    start = end;
  }
  const usual = quantile(finiteOf(lengths.filter((_, i) => isThere[i])), 0.99) || 0;
  const scale = Math.max(dayRows / 4, Math.min(dayRows, usual));
  return lengths.map((length) => (length >= 3 ? length / scale : 0));
}

/** value / scale; 0 where the scale says that the series never moves. */
function ratio(value: number, scale: number): number {
  return scale > 0 ? value / scale : 0;
}
