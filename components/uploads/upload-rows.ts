import type { UploadLookState } from "#components/ui/upload-state-badge";
import { formatNumber } from "#lib/format/numbers";
import { isLive } from "#lib/runs/schema";
import type { UploadItem } from "#lib/uploads/engine/types";
import type { UploadView } from "#lib/uploads/schema";

/** One line of the table: what this browser is doing, what the server knows, or both. */
export interface UploadRow {
  id: string;
  live: UploadItem | null;
  stored: UploadView | null;
  fileName: string;
  relativePath: string;
  sizeBytes: number;
  kind: string;
  look: UploadLookState;
  isSuspect: boolean;
  /** Replaces the word of the state. */
  stateText: string | null;
}

const OPEN = new Set(["waiting", "hashing", "signing", "uploading", "completing", "paused", "failed"]);

/**
 * Open transfers first in their order, then everything else newest first. A transfer and its server row are one line:
 * the transfer speaks until it has ended, the server from then on. Unfinished uploads of this browser have a list of their own.
 */
export function mergeRows(
  items: readonly UploadItem[],
  stored: readonly UploadView[],
  listedElsewhere: ReadonlySet<string> = new Set(),
): UploadRow[] {
  const byId = new Map(stored.map((view) => [view.id, view]));
  const open: UploadRow[] = [];
  const ended: UploadRow[] = [];
  const taken = new Set(listedElsewhere);
  for (const item of items) {
    const view = item.uploadId === null ? undefined : byId.get(item.uploadId);
    if (OPEN.has(item.state)) open.push(rowOf(item, view ?? null));
    else if (!view && item.state === "stored") ended.push(rowOf(item, null));
    else continue;
    if (view) taken.add(view.id);
  }
  const rest = stored
    .filter((view) => !taken.has(view.id) && view.state !== "cancelled")
    .map((view) => rowOf(null, view));
  return [...open, ...ended, ...rest];
}

function rowOf(live: UploadItem | null, stored: UploadView | null): UploadRow {
  const { fileName, relativePath, sizeBytes } = live ?? stored ?? { fileName: "", relativePath: "", sizeBytes: 0 };
  const kind = stored && stored.kind !== "auto" ? stored.kind : (live?.kind ?? stored?.kind ?? "auto");
  const id = live && OPEN.has(live.state) ? live.key : (stored?.id ?? live?.uploadId ?? live?.key ?? "");
  return { id, live, stored, fileName, relativePath, sizeBytes, kind, ...(live ? liveLook(live) : storedLook(stored)) };
}

type Look = Pick<UploadRow, "look" | "isSuspect" | "stateText">;

const plain = (look: UploadLookState, stateText: string | null = null): Look => ({ look, isSuspect: false, stateText });

function liveLook(item: UploadItem): Look {
  if (item.state === "paused" && item.pauseReason === "offline") return plain("offline");
  if (item.state === "paused" && item.pauseReason === "other_tab") return plain("paused", "in another tab");
  if (item.state === "completing") return plain("uploading", "finishing");
  if (item.state === "failed" && item.failure?.code === "rejected") return plain("rejected");
  if (item.state === "stored" && item.duplicateOf) return plain("linked", `same as ${item.duplicateOf.fileName}`);
  return plain(item.state);
}

function storedLook(view: UploadView | null): Look {
  if (!view) return plain("waiting");
  if (view.duplicateOf) return plain("linked", `same as ${view.duplicateOf.fileName}`);
  // Its bytes come from a page that is not this one.
  if (view.state === "signing" || view.state === "uploading") return plain("signing", "not complete");
  if (view.run && isLive(view.run.state)) {
    return view.run.state === "queued" ? plain("signing", "queued") : plain("uploading", "cleaning");
  }
  const dropped = view.dataset?.rowsDropped ?? 0;
  if (dropped > 0) return { look: "checked", isSuspect: true, stateText: `checked, ${formatNumber(dropped)} dropped` };
  if (view.reasonCode === "needs_mapping") return { look: "checked", isSuspect: true, stateText: "columns to map" };
  if (view.run && (view.run.state === "failed" || view.run.state === "timed_out" || view.run.state === "lost")) {
    return plain("failed", "cleaning failed");
  }
  return plain(view.state);
}

/** Whether the server's view of these rows will change by itself soon. */
export function isMoving(view: UploadView): boolean {
  return view.state === "stored" || (view.run !== null && isLive(view.run.state));
}
