import { FileTransfer, type RunOutcome, type TransferEnvironment } from "./file-transfer.ts";
import { Slots } from "./slots.ts";
import { SpeedMeter } from "./speed-meter.ts";
import { totalsOf } from "./totals.ts";
import type { IncomingFile, UploadItem, UploadPorts, UploadsSnapshot } from "./types.ts";
import { UnfinishedUploads } from "./unfinished-uploads.ts";

export const FILES_AT_ONCE = 3;
/** Parts read, hashed or sent at the same time over all files; browsers open six connections per host. */
export const PARTS_AT_ONCE = 6;
const TICK_MS = 500;
const PROGRESS_EVERY_MS = 120;
/** Hidden tabs run their timers once a minute; only a longer gap means that the machine slept. */
const SLEPT_MS = 120_000;

export interface UploadEngineOptions {
  /** Workspace and person; unfinished uploads of others in the same browser stay out of sight. */
  scope: string;
}

/** The queue of files on their way to storage. Framework-free; state by `subscribe` and `getSnapshot`. */
export class UploadEngine {
  readonly #ports: UploadPorts;
  readonly #env: TransferEnvironment;
  readonly #unfinished: UnfinishedUploads;
  readonly #transfers = new Map<string, FileTransfer>();
  /** Runs that have not settled, whatever their state says. */
  readonly #running = new Set<FileTransfer>();
  readonly #listeners = new Set<() => void>();
  readonly #meter = new SpeedMeter();
  readonly #items = new Map<string, UploadItem>();
  readonly #disposal = new AbortController();
  #nextNo = 1;
  #snapshot: UploadsSnapshot;
  #isFlushQueued = false;
  #stopProgressTimer: (() => void) | null = null;
  #stopTick: (() => void) | null = null;
  #lastTickMs = 0;

  constructor(ports: UploadPorts, options: UploadEngineOptions) {
    this.#ports = ports;
    this.#unfinished = new UnfinishedUploads(ports, options.scope);
    this.#env = {
      ports,
      slots: new Slots(PARTS_AT_ONCE),
      scope: options.scope,
      claimRecord: (fingerprint, { relativePath }) =>
        this.#unfinished.claim(fingerprint, { relativePath, isOwned: this.#isOwned }),
      onChange: (urgency) => this.#changed(urgency),
    };
    this.#snapshot = this.#build();
    const stopOnline = ports.online.subscribe(() => this.#onlineChanged());
    this.#disposal.signal.addEventListener("abort", stopOnline);
  }

  /** Reads what earlier page lives left behind. Never rejects. */
  async start(): Promise<void> {
    await this.#unfinished.load(this.#isOwned);
    this.#changed("urgent");
  }

  /** Stops everything without telling the server, so that a later page life can go on. */
  dispose(): void {
    this.#disposal.abort();
    for (const transfer of this.#running) transfer.abort();
    this.#stopTick?.();
    this.#stopProgressTimer?.();
    this.#listeners.clear();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): UploadsSnapshot => this.#snapshot;

  /** Queues files and returns their keys; a file that is already on its way keeps its place and key. */
  add(files: readonly IncomingFile[]): string[] {
    const known = new Map([...this.#transfers.values()].filter(isOpen).map((t) => [identityOf(t.incoming), t.key]));
    const keys = files.map((incoming) => {
      const identity = identityOf(incoming);
      const key = known.get(identity) ?? `file-${this.#nextNo++}`;
      if (!known.has(identity)) this.#transfers.set(key, new FileTransfer(key, incoming, this.#env));
      known.set(identity, key);
      return key;
    });
    this.#pump();
    this.#changed("urgent");
    return keys;
  }

  pause(key: string): void {
    const transfer = this.#transfers.get(key);
    if (!transfer || !isOpen(transfer)) return;
    transfer.pause();
    transfer.setPaused("person");
    this.#pump();
  }

  /** From paused or failed back into the line. */
  resume(key: string): void {
    const transfer = this.#transfers.get(key);
    if (!transfer || (transfer.state !== "paused" && transfer.state !== "failed")) return;
    transfer.setWaiting();
    this.#pump();
  }

  retry(key: string): void {
    this.resume(key);
  }

  /** Stops the file, aborts it in storage and forgets it. */
  cancel(key: string): void {
    const transfer = this.#transfers.get(key);
    if (!transfer || transfer.state === "stored" || transfer.state === "cancelled") return;
    transfer.abort();
    transfer.setCancelled();
    if (!this.#running.has(transfer)) void transfer.discard();
    this.#pump();
  }

  /** Takes an ended file off the list; what a failed one left in storage is aborted. */
  remove(key: string): void {
    const transfer = this.#transfers.get(key);
    if (!transfer?.isEnded) return;
    if (transfer.state === "failed") void transfer.discard();
    this.#transfers.delete(key);
    this.#changed("urgent");
  }

  pauseAll(): void {
    for (const [key, transfer] of this.#transfers) if (transfer.state !== "paused") this.pause(key);
  }

  /** Everything that a person paused; other tabs keep what they drive. */
  resumeAll(): void {
    for (const [key, transfer] of this.#transfers) if (transfer.pauseReason === "person") this.resume(key);
  }

  cancelAll(): void {
    for (const [key, transfer] of this.#transfers) if (isOpen(transfer)) this.cancel(key);
  }

  /** Handle of an unfinished upload's file where the browser kept one. */
  handleOf(uploadId: string): FileSystemFileHandle | null {
    return this.#unfinished.handleOf(uploadId);
  }

  /** Goes on with a reopened file; a changed file becomes a new upload and the old one stays listed. */
  resumeUnfinished(uploadId: string, file: IncomingFile["file"]): void {
    const record = this.#unfinished.find(uploadId);
    if (!record) return;
    const { relativePath, kind, handle } = record;
    this.add([{ file, relativePath, kind, ...(handle ? { handle } : {}) }]);
  }

  /** Gives an unfinished upload up, here and on the server. Never rejects. */
  async forgetUnfinished(uploadId: string): Promise<void> {
    await this.#unfinished.forget(uploadId);
    this.#changed("urgent");
    await this.#ports.api.cancel(uploadId).catch(() => undefined);
  }

  readonly #isOwned = (uploadId: string): boolean =>
    [...this.#transfers.values()].some((transfer) => transfer.uploadId === uploadId && !transfer.isEnded);

  #pump(): void {
    if (this.#disposal.signal.aborted) return;
    let busy = [...this.#running].filter((transfer) => transfer.state !== "paused").length;
    for (const transfer of this.#transfers.values()) {
      if (busy >= FILES_AT_ONCE) break;
      if (transfer.state !== "waiting" || this.#running.has(transfer)) continue;
      busy += 1;
      this.#running.add(transfer);
      void transfer.run().then((outcome) => this.#settled(transfer, outcome));
    }
    this.#ensureTick();
  }

  #settled(transfer: FileTransfer, outcome: RunOutcome): void {
    this.#running.delete(transfer);
    if (this.#disposal.signal.aborted) return;
    if (outcome === "other_tab" && isOpen(transfer)) this.#waitForOtherTab(transfer);
    if (transfer.state === "cancelled") void transfer.discard();
    this.#pump();
    this.#changed("urgent");
  }

  #waitForOtherTab(transfer: FileTransfer): void {
    if (transfer.pauseReason === "person") return;
    transfer.setPaused("other_tab");
    this.#ports.locks.whenFree(transfer.uploadId ?? "", this.#disposal.signal).then(
      () => {
        if (transfer.pauseReason === "other_tab") this.resume(transfer.key);
      },
      () => undefined,
    );
  }

  #onlineChanged(): void {
    if (this.#ports.online.isOnline()) for (const transfer of this.#running) transfer.wake();
    this.#changed("urgent");
  }

  #ensureTick(): void {
    if (this.#stopTick || this.#running.size === 0) return;
    this.#lastTickMs = this.#ports.clock.nowMs();
    this.#meter.reset();
    this.#stopTick = this.#ports.clock.after(TICK_MS, () => this.#tick());
  }

  #tick(): void {
    this.#stopTick = null;
    if (this.#running.size === 0) return;
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - this.#lastTickMs > SLEPT_MS) {
      this.#meter.reset();
      for (const transfer of this.#running) {
        transfer.progress.rest();
        transfer.wake();
      }
    }
    this.#lastTickMs = nowMs;
    let wireBytes = 0;
    for (const transfer of this.#transfers.values()) {
      wireBytes += transfer.progress.wireBytes;
      if (transfer.state === "uploading") transfer.progress.tick(nowMs);
    }
    this.#meter.sample(nowMs, wireBytes);
    this.#changed("progress");
    this.#stopTick = this.#ports.clock.after(TICK_MS, () => this.#tick());
  }

  #changed(urgency: "urgent" | "progress"): void {
    if (urgency === "progress") {
      this.#stopProgressTimer ??= this.#ports.clock.after(PROGRESS_EVERY_MS, () => this.#flush());
      return;
    }
    if (this.#isFlushQueued) return;
    this.#isFlushQueued = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushQueued = false;
    this.#stopProgressTimer?.();
    this.#stopProgressTimer = null;
    this.#snapshot = this.#build();
    for (const listener of this.#listeners) listener();
  }

  /** Rows that did not change keep their object, so that lists redraw only what moved. */
  #build(): UploadsSnapshot {
    const items = [...this.#transfers.values()].map((transfer) => {
      const next = transfer.toItem();
      const last = this.#items.get(transfer.key);
      const item = last && isSameItem(last, next) ? last : next;
      this.#items.set(transfer.key, item);
      return item;
    });
    for (const key of this.#items.keys()) if (!this.#transfers.has(key)) this.#items.delete(key);
    return {
      items,
      totals: totalsOf(items, this.#meter.bytesPerS),
      unfinished: this.#unfinished.view,
      isOnline: this.#ports.online.isOnline(),
    };
  }
}

function isOpen(transfer: FileTransfer): boolean {
  return !transfer.isEnded;
}

function identityOf({ file, relativePath }: IncomingFile): string {
  return [relativePath, file.name, file.size, file.lastModified].join("\n");
}

function isSameItem(a: UploadItem, b: UploadItem): boolean {
  const keys = Object.keys(a) as (keyof UploadItem)[];
  return keys.every((key) => Object.is(a[key], b[key]));
}
