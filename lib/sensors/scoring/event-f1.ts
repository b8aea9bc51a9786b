import { eventRecall } from "./event-recall.ts";
import { harmonicMean, type LabelledFlags, rowsPerHour } from "./labelled-scores.ts";
import { spansOf, touches } from "./spans.ts";

export interface EventF1 {
  /** Flagged runs, merged over one hour and cut into pieces of at most one day. */
  predictedEvents: number;
  precision: number;
  recall: number;
  f1: number;
}

/** F1 by events over all series together. Long alarms are cut by the day, so that flagging everything cannot score. */
export function eventF1(series: readonly LabelledFlags[]): EventF1 {
  let predictedEvents = 0;
  let right = 0;
  for (const { flags, labels, samplesPerDay } of series) {
    const margin = rowsPerHour(samplesPerDay);
    for (const { start, end } of spansOf(flags, { mergeGap: margin, lengthMax: samplesPerDay })) {
      predictedEvents++;
      if (touches(labels, { start: start - margin, end: end + margin })) right++;
    }
  }
  const { events, found } = eventRecall(series);
  const precision = predictedEvents > 0 ? right / predictedEvents : 0;
  const recall = events > 0 ? found / events : 0;
  return { predictedEvents, precision, recall, f1: harmonicMean(precision, recall) };
}
