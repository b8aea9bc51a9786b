import { AppError } from "#lib/errors";
import { median } from "#lib/math/quantile";
import { type DetectorResult, type DetectorSeries, FLAG_SCORE } from "../types.ts";
import { closeDips, fuseComponents, raisePauses, SCORE_MAX, type Suspicion, weighSiblings } from "./fuse.ts";
import type { SingleProfile } from "./profiles.ts";
import { readRecord, type SingleRecord } from "./record.ts";
import { toFaultSpans } from "./to-spans.ts";

const DAY_MS = 86_400_000;
/** Windows are days down to one sample a minute; faster series are judged in windows of this many rows. */
const DAY_ROWS_MAX = 1_440;
const FAST_WINDOW_ROWS = 60;
const DAY_ROWS_MIN = 8;
/** Shorter records have no usual behaviour to compare with: only error codes are flagged. */
const DAYS_MIN = 3;
/** Above this share of faulty rows the record is no reference for itself. */
const FAULTY_SHARE_MAX = 0.5;

/**
 * Judges the channels of one device (one for a lone sensor), each by its own history alone: a dozen small components,
 * each in units of a reference, fused, weighed against the other channels. Channels must share their timestamps.
 * Scaling a channel's values by a positive factor does not change its flags.
 * Cost: about 8 µs per point and channel. Throws `unprocessable` when lengths differ.
 * Not for: bias and drift that nobody ends, clock shifts, sun heating; those need neighbours.
 */
export function detectSingle(channels: readonly DetectorSeries[], profile: SingleProfile): DetectorResult[] {
  const records = channels.map(readChannel);
  const suspicions = records.map((record) =>
    isTooShort(record) ? codesOnly(record) : fuseComponents(record, profile),
  );
  return records.map((record, own) => {
    const isOther = (_: unknown, other: number) => other !== own;
    const siblings = suspicions.filter(isOther).map(({ fused }) => fused);
    const suspicion = suspicions[own]!;
    const weighed = weighSiblings(suspicion.fused, siblings).map((score) =>
      score >= SCORE_MAX ? score : score / profile.flagLevel,
    );
    const raised = raisePauses(weighed, records.filter(isOther));
    const closingRows = Math.round((record.dayRows * profile.closingH) / 24);
    const score = closeDips(raised, closingRows).map((value, i) => (record.isThere[i] || record.isCode[i] ? value : 0));
    return verdict(record, score, suspicion);
  });
}

function readChannel({ timestamps, values }: DetectorSeries): SingleRecord {
  if (timestamps.length !== values.length) {
    const detail = `The series has ${timestamps.length} instants but ${values.length} values.`;
    throw new AppError("unprocessable", detail);
  }
  return readRecord(values, windowRows(timestamps));
}

/** Rows that the windows take as one day. */
function windowRows(timestamps: Float64Array): number {
  if (timestamps.length < 2) return DAY_ROWS_MIN;
  const steps = timestamps.subarray(1).map((time, i) => time - timestamps[i]!);
  const rows = Math.round(DAY_MS / median(steps.filter((step) => step > 0)));
  if (!Number.isFinite(rows)) return DAY_ROWS_MIN;
  return rows > DAY_ROWS_MAX ? FAST_WINDOW_ROWS : Math.max(DAY_ROWS_MIN, rows);
}

function isTooShort({ count, dayRows }: SingleRecord): boolean {
  return count < DAYS_MIN * dayRows;
}

function codesOnly({ isCode }: SingleRecord): Suspicion {
  return { fused: Float64Array.from(isCode, (code) => (code ? SCORE_MAX : 0)), parts: new Map() };
}

function verdict(record: SingleRecord, score: Float64Array, { parts }: Suspicion): DetectorResult {
  const spans = toFaultSpans({ record, score, parts });
  const result: DetectorResult = { mode: "single", score, spans };
  const faulty = score.reduce((sum, value) => sum + (value > FLAG_SCORE ? 1 : 0), 0);
  if (record.count === 0) result.limit = "no_values";
  else if (isTooShort(record)) result.limit = "too_short";
  else if (faulty > FAULTY_SHARE_MAX * score.length) result.limit = "no_reference";
  return result;
}
