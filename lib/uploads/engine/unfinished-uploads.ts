import { isSameFile } from "./fingerprint.ts";
import { partSizeOf } from "./part-layout.ts";
import type { FileFingerprint, UnfinishedUpload, UploadPorts, UploadRecord } from "./types.ts";
import { hasArrived } from "./upload-session.ts";

/** Abandoned multiparts are swept on the server; older records only promise what is gone. */
const KEEP_MS = 7 * 24 * 3600_000;
/** Statuses asked for at start, so that a long list does not become a burst of requests. */
const CHECK_MAX = 20;

/** The uploads that earlier page lives left behind, for one workspace and person. */
export class UnfinishedUploads {
  readonly #ports: UploadPorts;
  readonly #scope: string;
  #records = new Map<string, UploadRecord>();
  #view: readonly UnfinishedUpload[] = [];

  constructor(ports: UploadPorts, scope: string) {
    this.#ports = ports;
    this.#scope = scope;
  }

  get view(): readonly UnfinishedUpload[] {
    return this.#view;
  }

  handleOf(uploadId: string): FileSystemFileHandle | null {
    return this.#records.get(uploadId)?.handle ?? null;
  }

  find(uploadId: string): UploadRecord | null {
    return this.#records.get(uploadId) ?? null;
  }

  /** Reads the store and drops what ended meanwhile or is being driven by another tab. Never rejects. */
  async load(isOwned: (uploadId: string) => boolean): Promise<void> {
    const all = await this.#stored();
    const oldestMs = this.#ports.clock.nowMs() - KEEP_MS;
    for (const record of all) {
      if (record.startedAtMs < oldestMs) await this.forget(record.uploadId);
      else if (!isOwned(record.uploadId) && !(await this.#isHeld(record.uploadId))) {
        this.#records.set(record.uploadId, record);
      }
    }
    this.#rebuild();
    await this.#dropEnded();
  }

  /** The record of this file, fresh from the store (another tab may have begun it), no longer listed here. */
  async claim(
    fingerprint: FileFingerprint,
    options: { relativePath: string; isOwned: (uploadId: string) => boolean },
  ): Promise<UploadRecord | null> {
    const same = (await this.#stored()).filter(
      (record) => isSameFile(record.fingerprint, fingerprint) && !options.isOwned(record.uploadId),
    );
    const record = same.find(({ relativePath }) => relativePath === options.relativePath) ?? same[0] ?? null;
    if (record) this.#unlist(record.uploadId);
    return record;
  }

  /** Removes the record from list and store. Never rejects. */
  async forget(uploadId: string): Promise<void> {
    this.#unlist(uploadId);
    await this.#ports.store.remove(uploadId).catch(() => undefined);
  }

  async #stored(): Promise<UploadRecord[]> {
    const records = await this.#ports.store.list().catch(() => []);
    return records.filter((record) => record.scope === this.#scope);
  }

  async #isHeld(uploadId: string): Promise<boolean> {
    return this.#ports.locks.isHeld(uploadId).catch(() => false);
  }

  async #dropEnded(): Promise<void> {
    const { signal } = new AbortController();
    for (const uploadId of [...this.#records.keys()].slice(0, CHECK_MAX)) {
      const state = await this.#ports.api.get(uploadId, signal).then(
        (status) => status.state,
        (failure: unknown) => (isMissing(failure) ? "cancelled" : "unknown"),
      );
      if (hasArrived(state) || state === "rejected" || state === "cancelled") await this.forget(uploadId);
    }
  }

  #unlist(uploadId: string): void {
    if (this.#records.delete(uploadId)) this.#rebuild();
  }

  #rebuild(): void {
    this.#view = [...this.#records.values()].toSorted((a, b) => b.startedAtMs - a.startedAtMs).map(toUnfinished);
  }
}

function isMissing(failure: unknown): boolean {
  return failure instanceof Object && "status" in failure && failure.status === 404;
}

function toUnfinished(record: UploadRecord): UnfinishedUpload {
  const { name, sizeBytes } = record.fingerprint;
  const layout = { sizeBytes, partSizeBytes: record.partSizeBytes };
  return {
    uploadId: record.uploadId,
    fileName: name,
    relativePath: record.relativePath,
    sizeBytes,
    sentBytes: record.doneParts.reduce((sum, part) => sum + partSizeOf(layout, part.partNumber), 0),
    partCount: record.partCount,
    partsDone: record.doneParts.length,
    startedAtMs: record.startedAtMs,
    canReopen: record.handle !== undefined,
  };
}
