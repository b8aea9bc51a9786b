import { eventRecall } from "./event-recall.ts";
import { harmonicMean, type LabelledFlags, rowsPerHour } from "./labelled-scores.ts";
import { widen } from "./spans.ts";

export interface CompositeF {
  /** Share of flagged rows within one hour of a labelled one. */
  precision: number;
  /** Share of labelled events with a flagged row within one hour. */
  recall: number;
  f: number;
}

/**
 * Harmonic mean of point precision and event recall over all series together (Garg et al. 2021): an event counts
 * once however short it is, a false row counts as one row. No point adjustment.
 */
export function compositeF(series: readonly LabelledFlags[]): CompositeF {
  let flagged = 0;
  let right = 0;
  for (const { flags, labels, samplesPerDay } of series) {
    const near = widen(labels, rowsPerHour(samplesPerDay));
    for (let i = 0; i < near.length; i++) {
      if (!flags[i]) continue;
      flagged++;
      if (near[i]) right++;
    }
  }
  const { events, found } = eventRecall(series);
  const precision = flagged > 0 ? right / flagged : 0;
  const recall = events > 0 ? found / events : 0;
  return { precision, recall, f: harmonicMean(precision, recall) };
}
