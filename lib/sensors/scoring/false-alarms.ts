import { type LabelledFlags, rowsPerHour } from "./labelled-scores.ts";
import { spansOf, touches } from "./spans.ts";

const DAYS_PER_MONTH = 30;

/**
 * False alarms per sensor-month: flagged runs (merged over one hour) without a labelled row within one hour, per 30
 * unlabelled sensor-days, over all series together.
 */
export function falseAlarmsPerMonth(series: Iterable<LabelledFlags>): number {
  let alarms = 0;
  let days = 0;
  for (const { flags, labels, samplesPerDay } of series) {
    const margin = rowsPerHour(samplesPerDay);
    for (const { start, end } of spansOf(flags, { mergeGap: margin })) {
      if (!touches(labels, { start: start - margin, end: end + margin })) alarms++;
    }
    let unlabelled = 0;
    for (let i = 0; i < labels.length; i++) if (!labels[i]) unlabelled++;
    days += unlabelled / samplesPerDay;
  }
  return days > 0 ? (alarms * DAYS_PER_MONTH) / days : Number.NaN;
}
