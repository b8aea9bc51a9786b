import { type LabelledFlags, rowsPerHour } from "./labelled-scores.ts";
import { spansOf, touches } from "./spans.ts";

/** Labelled events and how many of them have a flagged row within one hour. */
export function eventRecall(series: Iterable<LabelledFlags>): { events: number; found: number } {
  let events = 0;
  let found = 0;
  for (const { flags, labels, samplesPerDay } of series) {
    const margin = rowsPerHour(samplesPerDay);
    for (const { start, end } of spansOf(labels)) {
      events++;
      if (touches(flags, { start: start - margin, end: end + margin })) found++;
    }
  }
  return { events, found };
}
