import type { ItemState, UploadItem, UploadTotals } from "./types.ts";

const ACTIVE = new Set<ItemState>(["hashing", "signing", "uploading", "completing"]);
const OPEN = new Set<ItemState>([...ACTIVE, "waiting", "paused"]);

/** Sums over the files that have not ended; the time left counts only those that may move. */
export function totalsOf(items: readonly UploadItem[], speedBytesPerS: number | null): UploadTotals {
  const open = items.filter((item) => OPEN.has(item.state));
  const moving = open.filter((item) => item.state !== "paused");
  const sum = (rows: readonly UploadItem[], of: (item: UploadItem) => number) =>
    rows.reduce((total, item) => total + of(item), 0);
  const restBytes = sum(moving, (item) => item.sizeBytes - item.sentBytes);
  const isMoving = moving.length > 0 && speedBytesPerS !== null && speedBytesPerS >= 1;
  return {
    activeCount: items.filter((item) => ACTIVE.has(item.state)).length,
    waitingCount: items.filter((item) => item.state === "waiting").length,
    pausedCount: items.filter((item) => item.state === "paused").length,
    failedCount: items.filter((item) => item.state === "failed").length,
    sizeBytes: sum(open, (item) => item.sizeBytes),
    sentBytes: sum(open, (item) => item.sentBytes),
    speedBytesPerS: isMoving ? speedBytesPerS : null,
    etaS: isMoving ? restBytes / speedBytesPerS : null,
  };
}
