import { formatByteRate, formatBytes } from "#lib/format/bytes";
import { formatDuration } from "#lib/format/durations";
import { formatPercent } from "#lib/format/numbers";
import type { UploadItem, UploadTotals } from "#lib/uploads/engine/types";

/** `39 s left`; nothing while unknown, and no false precision for the far future. */
export function timeLeft(etaS: number | null): string | null {
  if (etaS === null) return null;
  if (etaS > 48 * 3600) return "more than 2 d left";
  return `${formatDuration(Math.max(1, Math.round(etaS)))} left`;
}

function joined(parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(", ");
}

/** The line below a transfer's bar. */
export function progressWords(item: UploadItem): string {
  const fraction = item.sizeBytes === 0 ? 0 : item.sentBytes / item.sizeBytes;
  const parts = item.partCount > 1 ? `${item.partsDone} of ${item.partCount} parts` : null;
  switch (item.state) {
    case "waiting":
      return item.partsDone > 0 ? `next in line, ${parts ?? formatPercent(fraction)} kept` : "next in line";
    case "hashing":
      return "reading the file";
    case "signing":
      return "asking for a place in storage";
    case "completing":
      return "all sent, storage puts the parts together";
    case "paused":
      return pausedWords(item, parts);
    case "uploading":
      return joined([
        formatPercent(fraction),
        parts,
        item.speedBytesPerS === null ? null : formatByteRate(item.speedBytesPerS),
        timeLeft(item.etaS),
      ]);
    case "failed":
      return item.failure?.detail ?? "The upload stopped.";
    case "stored":
    case "cancelled":
      return "";
  }
}

function pausedWords(item: UploadItem, parts: string | null): string {
  const kept = parts === null ? null : `${parts} kept`;
  if (item.pauseReason === "offline") return joined([kept, "resumes by itself"]);
  if (item.pauseReason === "other_tab") return "goes on here when that tab closes";
  return kept ?? `${formatBytes(item.sentBytes)} of ${formatBytes(item.sizeBytes)} sent`;
}

/** `1.36 of 2.34 GB, 1 min left`. */
export function totalWords(totals: UploadTotals): string {
  const size = formatBytes(totals.sizeBytes);
  const sent = formatBytes(totals.sentBytes);
  const unit = size.split(" ").at(-1);
  const short = sent.endsWith(` ${unit}`) ? sent.slice(0, sent.lastIndexOf(" ")) : sent;
  return joined([`${short} of ${size}`, timeLeft(totals.etaS)]);
}
