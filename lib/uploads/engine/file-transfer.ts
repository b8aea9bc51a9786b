import { prepareRequest } from "./create-request.ts";
import { toFailure, TransferFailure, unreadableFailure } from "./failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { LinkWatch } from "./link-watch.ts";
import { partSizeOf } from "./part-layout.ts";
import { PartSender, UPLOAD_GONE, type PartEnvironment } from "./part-sender.ts";
import { retryApi, type RetryScope } from "./retry-api.ts";
import type { Slots } from "./slots.ts";
import { StopSignal } from "./stop-signal.ts";
import { TransferProgress } from "./transfer-progress.ts";
import type {
  DonePart,
  DuplicateOf,
  FileFingerprint,
  IncomingFile,
  ItemState,
  PauseReason,
  UploadItem,
  UploadPorts,
  UploadRecord,
  UploadStatus,
} from "./types.ts";
import { catchUp, completeUpload, hasArrived } from "./upload-session.ts";

export interface TransferEnvironment {
  ports: UploadPorts;
  slots: Slots;
  scope: string;
  /** Takes over the stored record of the same file, if an earlier page life left one. */
  claimRecord(fingerprint: FileFingerprint, incoming: IncomingFile): Promise<UploadRecord | null>;
  /** `urgent` for a change of state, otherwise only bytes moved. */
  onChange(urgency: "urgent" | "progress"): void;
}

const SAVE_EVERY_MS = 250;

export type RunOutcome = "ended" | "stopped" | "other_tab";

/** One file on its way: may be run, stopped and run again until it ends. */
export class FileTransfer {
  readonly key: string;
  readonly incoming: IncomingFile;
  readonly progress: TransferProgress;
  readonly #env: TransferEnvironment;
  readonly #link: LinkWatch;
  #state: ItemState = "waiting";
  #pauseReason: PauseReason | null = null;
  #uploadId: string | null = null;
  #record: UploadRecord | null = null;
  /** Created in this very run: nothing to compare with storage yet. */
  #isFresh = false;
  #wholeChecksum: string | null = null;
  #failure: TransferFailure | null = null;
  #duplicateOf: DuplicateOf | null = null;
  #stop = new AbortController();
  #sender: PartSender | null = null;
  #stopSave: (() => void) | null = null;

  constructor(key: string, incoming: IncomingFile, env: TransferEnvironment) {
    this.key = key;
    this.incoming = incoming;
    this.progress = new TransferProgress(incoming.file.size);
    this.#env = env;
    this.#link = new LinkWatch(() => env.onChange("urgent"));
  }

  get state(): ItemState {
    return this.#state;
  }

  get pauseReason(): PauseReason | null {
    return this.#pauseReason;
  }

  get uploadId(): string | null {
    return this.#uploadId;
  }

  get isEnded(): boolean {
    return this.#state === "stored" || this.#state === "failed" || this.#state === "cancelled";
  }

  /** Puts the transfer back in line (from paused or failed). */
  setWaiting(): void {
    this.#failure = null;
    this.#setState("waiting");
  }

  setPaused(reason: PauseReason): void {
    this.#setState("paused", reason);
  }

  setCancelled(): void {
    this.#setState("cancelled");
  }

  pause(): void {
    const reason = new StopSignal("pause");
    this.#stop.abort(reason);
    this.#sender?.pause(reason);
  }

  abort(): void {
    const reason = new StopSignal("cancel");
    this.#stop.abort(reason);
    this.#sender?.abort(reason);
  }

  wake(): void {
    this.#sender?.wake();
  }

  /** Drives the file until it ends, is stopped, or turns out to be driven by another tab. Never rejects. */
  async run(): Promise<RunOutcome> {
    this.#stop = new AbortController();
    this.#isFresh = false;
    try {
      if ((await this.#driveWithRestart()) === "other_tab") return "other_tab";
      this.#setState("stored");
      return "ended";
    } catch (error) {
      if (this.#stop.signal.aborted) return "stopped";
      this.#failure = toFailure(error);
      this.#setState("failed");
      return "ended";
    } finally {
      if (this.#stopSave && this.#record) this.#save(this.#record);
      this.#sender = null;
    }
  }

  /** Forgets the upload on this device and tells the server. Never rejects. */
  async discard(): Promise<void> {
    const uploadId = this.#record?.uploadId;
    if (uploadId === undefined) return;
    await this.#forgetRecord();
    // The server sweeps abandoned uploads, so a lost cancel costs nothing but time.
    await this.#env.ports.api.cancel(uploadId).catch(() => undefined);
  }

  toItem(): UploadItem {
    const { file, relativePath, kind } = this.incoming;
    const pauseReason = this.#shownPause();
    const isMoving = this.#state === "uploading" && pauseReason === null;
    return {
      key: this.key,
      uploadId: this.#uploadId,
      fileName: file.name,
      relativePath,
      kind: this.#record?.kind ?? kind,
      sizeBytes: file.size,
      state: pauseReason ? "paused" : this.#state,
      pauseReason,
      sentBytes: this.#state === "stored" ? file.size : this.progress.sentBytes,
      partCount: this.#record?.partCount ?? 0,
      partsDone: this.#record?.doneParts.length ?? 0,
      speedBytesPerS: isMoving ? this.progress.speedBytesPerS : null,
      etaS: isMoving ? this.progress.etaS : null,
      wireBytes: this.progress.wireBytes,
      resentBytes: this.progress.resentBytes,
      failure: this.#failure,
      duplicateOf: this.#duplicateOf,
    };
  }

  #shownPause(): PauseReason | null {
    if (this.#state === "paused") return this.#pauseReason;
    if (this.isEnded || this.#state === "waiting") return null;
    return !this.#env.ports.online.isOnline() || this.#link.isCutOff ? "offline" : null;
  }

  #setState(state: ItemState, pauseReason: PauseReason | null = null): void {
    // A stop that was asked for while an answer was on its way keeps the word.
    if (this.#state === "paused" && this.#stop.signal.aborted && ACTIVE.has(state)) return;
    if (!ACTIVE.has(state)) this.progress.rest();
    this.#pauseReason = pauseReason;
    this.#state = state;
    this.#env.onChange("urgent");
  }

  get #retry(): RetryScope {
    return { ports: this.#env.ports, link: this.#link, signal: this.#stop.signal };
  }

  async #driveWithRestart(): Promise<"arrived" | "other_tab"> {
    try {
      return await this.#drive();
    } catch (error) {
      if (!(error instanceof TransferFailure) || error.code !== UPLOAD_GONE || this.#stop.signal.aborted) throw error;
      // Swept or cancelled elsewhere while this file waited: once more from the start.
      await this.#forgetRecord();
      return this.#drive();
    }
  }

  async #drive(): Promise<"arrived" | "other_tab"> {
    const { ports } = this.#env;
    const record = this.#record ?? (await this.#openRecord());
    if (!record) return "arrived";
    const outcome = await ports.locks.tryHold(record.uploadId, () => this.#sendAndComplete(record));
    return outcome ?? "other_tab";
  }

  /** The record of an earlier page life, or a new upload; null when storage knows the content already. */
  async #openRecord(): Promise<UploadRecord | null> {
    this.#setState("hashing");
    const { file } = this.incoming;
    const fingerprint = await fingerprintOf(file, this.#env.ports.hash).catch(() => {
      throw unreadableFailure(file.name);
    });
    const earlier = await this.#env.claimRecord(fingerprint, this.incoming);
    this.#stop.signal.throwIfAborted();
    this.#record = earlier ?? (await this.#create(fingerprint));
    this.#uploadId = this.#record?.uploadId ?? this.#uploadId;
    return this.#record;
  }

  async #create(fingerprint: FileFingerprint): Promise<UploadRecord | null> {
    const { ports, scope } = this.#env;
    const { handle, kind, relativePath } = this.incoming;
    const { request, wholeChecksum } = await prepareRequest(this.incoming, ports.hash);
    this.#stop.signal.throwIfAborted();
    this.#setState("signing");
    const created = await retryApi(this.#retry, () => ports.api.create(request, this.#stop.signal));
    if (created.duplicateOf || hasArrived(created.state)) {
      this.#duplicateOf = created.duplicateOf ?? null;
      this.#uploadId = created.id;
      return null;
    }
    this.#wholeChecksum = wholeChecksum;
    this.#isFresh = true;
    this.progress.restart(0, { isNewUpload: true });
    const { id: uploadId, method, partSizeBytes, partCount } = created;
    const shape = { uploadId, scope, fingerprint, relativePath, kind, method, partSizeBytes, partCount };
    const record = { ...shape, doneParts: [], startedAtMs: ports.clock.nowMs(), ...(handle ? { handle } : {}) };
    this.#save(record);
    return record;
  }

  async #sendAndComplete(record: UploadRecord): Promise<"arrived"> {
    this.#stop.signal.throwIfAborted();
    this.#setState("uploading");
    const session = { ports: this.#env.ports, retry: this.#retry };
    const sender = new PartSender(this.#partEnvironment(record));
    this.#sender = sender;
    if (!this.#isFresh) {
      const status = await catchUp(session, record, (partNumber) => sender.checksumOf(partNumber));
      if (status) return this.#settle(record, status);
      this.#startFrom(record);
    }
    await sender.sendAll(missingParts(record), this.#knownChecksums(record));
    this.#setState("completing");
    return this.#settle(record, await completeUpload(session, record));
  }

  #startFrom(record: UploadRecord): void {
    const doneBytes = record.doneParts.reduce((sum, part) => sum + this.#partSize(record, part.partNumber), 0);
    this.progress.restart(doneBytes, { isNewUpload: false });
    this.#save(record);
    this.#env.onChange("urgent");
  }

  #knownChecksums(record: UploadRecord): Map<number, string> {
    const isWhole = record.partCount === 1 && this.#wholeChecksum !== null;
    return new Map(isWhole ? [[1, this.#wholeChecksum ?? ""]] : []);
  }

  /** The bytes have arrived: nothing to remember any more, whatever the check said. */
  async #settle(record: UploadRecord, status: UploadStatus): Promise<"arrived"> {
    this.#dropSave();
    await this.#env.ports.store.remove(record.uploadId).catch(() => undefined);
    this.#duplicateOf = status.duplicateOf ?? null;
    if (status.state !== "rejected") return "arrived";
    this.#record = null;
    throw new TransferFailure({ status: 422, code: "rejected", detail: status.reason ?? "The file was rejected." });
  }

  #partEnvironment(record: UploadRecord): PartEnvironment {
    const { ports, slots } = this.#env;
    return {
      ports,
      slots,
      record,
      file: this.incoming.file,
      link: this.#link,
      onPartial: (partNumber, sentBytes) => {
        this.progress.partial(partNumber, sentBytes);
        this.#env.onChange("progress");
      },
      onWire: (bytes) => void (this.progress.wireBytes += bytes),
      onResent: (bytes) => void (this.progress.resentBytes += bytes),
      onPartDone: (part: DonePart) => {
        record.doneParts.push(part);
        this.progress.done(part.partNumber, this.#partSize(record, part.partNumber));
        this.#saveSoon(record);
        this.#env.onChange("progress");
      },
    };
  }

  #partSize(record: UploadRecord, partNumber: number): number {
    return partSizeOf({ sizeBytes: this.incoming.file.size, partSizeBytes: record.partSizeBytes }, partNumber);
  }

  /** Best effort: private windows may refuse to store, which only costs the resume after a reload. */
  #save(record: UploadRecord): void {
    this.#stopSave?.();
    this.#stopSave = null;
    this.#env.ports.store.save({ ...record, doneParts: [...record.doneParts] }).catch(() => undefined);
  }

  /** Quick parts share one write; what a crash loses of them is found again by asking storage. */
  #saveSoon(record: UploadRecord): void {
    this.#stopSave ??= this.#env.ports.clock.after(SAVE_EVERY_MS, () => this.#save(record));
  }

  #dropSave(): void {
    this.#stopSave?.();
    this.#stopSave = null;
  }

  async #forgetRecord(): Promise<void> {
    const record = this.#record;
    this.#record = null;
    this.#dropSave();
    if (record) await this.#env.ports.store.remove(record.uploadId).catch(() => undefined);
  }
}

const ACTIVE = new Set<ItemState>(["hashing", "signing", "uploading", "completing"]);

function missingParts(record: UploadRecord): number[] {
  const done = new Set(record.doneParts.map((part) => part.partNumber));
  return Array.from({ length: record.partCount }, (_, index) => index + 1).filter((no) => !done.has(no));
}
