import { harmonicMean, type LabelledFlags } from "./labelled-scores.ts";

/** Precision, recall and F1 by rows over all series together, without any adjustment. */
export function pointF1(series: Iterable<LabelledFlags>): { precision: number; recall: number; f1: number } {
  let hits = 0;
  let flagged = 0;
  let labelled = 0;
  for (const { flags, labels } of series) {
    for (let i = 0; i < labels.length; i++) {
      if (flags[i]) flagged++;
      if (labels[i]) labelled++;
      if (flags[i] && labels[i]) hits++;
    }
  }
  const precision = flagged > 0 ? hits / flagged : 0;
  const recall = labelled > 0 ? hits / labelled : 0;
  return { precision, recall, f1: harmonicMean(precision, recall) };
}
