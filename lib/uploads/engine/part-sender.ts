import { backoffMs } from "./backoff.ts";
import { toBase64 } from "./encoding.ts";
import {
  classifyStorageFailure,
  networkFailure,
  toFailure,
  TransferFailure,
  unreadableFailure,
  type FailureKind,
} from "./failure.ts";
import type { LinkWatch } from "./link-watch.ts";
import { PartSigner } from "./part-signer.ts";
import { partRange, partSizeOf } from "./part-layout.ts";
import { BUSY_ATTEMPTS_MAX, retryApi } from "./retry-api.ts";
import { SendTurns, sendsAtOnce } from "./send-turns.ts";
import type { Slots } from "./slots.ts";
import type { DonePart, FileSource, SignedPart, UploadPorts, UploadRecord } from "./types.ts";
import { sleepOrOnline, whenOnline } from "./waits.ts";

/** Presigned for 15 min; signed again a little earlier. */
const SIGNATURE_LIFE_MS = 13 * 60_000;
const STALL_MS = 60_000;
/** After sleep or a lost network a dead connection is given up soon. */
const STALL_AFTER_WAKE_MS = 10_000;
/** Parts of one file that are read, hashed, signed or sent at a time: enough that the wire never waits for a hash. */
const PREPARED_MAX = 6;
const EXPIRED_MAX = 4;
const DAMAGED_MAX = 4;
/** A pause lets a part finish when most of it is through already. */
const FINISH_FRACTION = 0.5;

/** Code of the failure that asks for a new upload: the storage has forgotten this one. */
export const UPLOAD_GONE = "upload_gone";

export interface PartEnvironment {
  ports: UploadPorts;
  file: FileSource;
  record: UploadRecord;
  slots: Slots;
  link: LinkWatch;
  /** Bytes of a part on the wire so far; 0 again when an attempt failed. */
  onPartial(partNumber: number, sentBytes: number): void;
  onWire(bytes: number): void;
  onResent(bytes: number): void;
  onPartDone(part: DonePart): void;
}

interface PartMemo {
  partNumber: number;
  checksumSha256: string | null;
  signed: { part: SignedPart; atMs: number; epoch: number } | null;
  counts: Record<FailureKind, number>;
}

interface Flight {
  sizeBytes: number;
  sentBytes: number;
  controller: AbortController;
  watch(stallMs: number): void;
}

type PutOutcome = { etag: string } | { failure: TransferFailure; sentBytes: number };

/** Sends the parts of one upload: reads, hashes, signs, PUTs, and repeats each part alone. */
export class PartSender {
  readonly #env: PartEnvironment;
  readonly #turns: SendTurns;
  readonly #signer: PartSigner;
  readonly #stop = new AbortController();
  readonly #flights = new Set<Flight>();
  /** Rises when signatures and connections can no longer be trusted. */
  #epoch = 0;

  constructor(env: PartEnvironment) {
    this.#env = env;
    const { ports, link, record } = env;
    const retry = { ports, link, signal: this.#stop.signal };
    this.#signer = new PartSigner((parts) =>
      retryApi(retry, () => ports.api.sign(record.uploadId, parts, this.#stop.signal)),
    );
    this.#turns = new SendTurns(env.ports.clock, sendsAtOnce(env.file.size, env.record.partSizeBytes));
  }

  /** Sends these parts in order; rejects with the first permanent failure after all others have stopped. */
  async sendAll(partNumbers: readonly number[], knownChecksums = new Map<number, string>()): Promise<void> {
    const rest = [...partNumbers];
    const lanes = Math.min(rest.length, PREPARED_MAX);
    let first: { error: unknown } | null = null;
    const lane = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        try {
          await this.#send(next, knownChecksums.get(next) ?? null);
        } catch (error) {
          first ??= { error };
          // While pausing, parts that are nearly through may finish.
          if (!this.#stop.signal.aborted) this.abort(error);
          return;
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const failed = first as { error: unknown } | null;
    if (failed) throw failed.error;
  }

  /** Base64 SHA-256 of a part without sending it. */
  async checksumOf(partNumber: number): Promise<string> {
    return toBase64(await this.#env.ports.hash(await this.#read(partNumber)));
  }

  /** Starts nothing more; parts that are more than half sent finish. `sendAll` rejects with the reason. */
  pause(reason: unknown): void {
    this.#stop.abort(reason);
    for (const flight of this.#flights) {
      if (flight.sentBytes < flight.sizeBytes * FINISH_FRACTION) flight.controller.abort(reason);
    }
  }

  abort(reason: unknown): void {
    this.#stop.abort(reason);
    for (const flight of this.#flights) flight.controller.abort(reason);
  }

  /** After sleep or a lost network: sign again, and give up connections that stay silent. */
  wake(): void {
    this.#epoch += 1;
    for (const flight of this.#flights) flight.watch(STALL_AFTER_WAKE_MS);
  }

  async #send(partNumber: number, checksumSha256: string | null): Promise<void> {
    const counts = { network: 0, busy: 0, expired: 0, damaged: 0, gone: 0, present: 0, permanent: 0 };
    const memo: PartMemo = { partNumber, checksumSha256, signed: null, counts };
    const { ports, slots } = this.#env;
    for (;;) {
      await whenOnline(ports.online, this.#stop.signal);
      const outcome = await this.#attempt(memo, await slots.acquire(this.#stop.signal));
      if ("etag" in outcome) {
        this.#env.onPartDone({ partNumber, etag: outcome.etag, checksumSha256: memo.checksumSha256 ?? "" });
        return;
      }
      this.#env.onResent(outcome.sentBytes);
      this.#env.onPartial(partNumber, 0);
      this.#stop.signal.throwIfAborted();
      const stored = await this.#afterFailure(memo, outcome);
      if (stored) {
        this.#env.onResent(-outcome.sentBytes);
        this.#env.onPartDone({ partNumber, etag: stored.etag, checksumSha256: memo.checksumSha256 ?? "" });
        return;
      }
    }
  }

  /** One try while holding a slot. Rejects when reading or signing cannot succeed. */
  async #attempt(memo: PartMemo, release: () => void): Promise<PutOutcome> {
    try {
      const body = await this.#read(memo.partNumber);
      memo.checksumSha256 ??= toBase64(await this.#env.ports.hash(body));
      const turn = await this.#signAndQueue(memo);
      const outcome = await this.#put(memo, body, (fraction) => turn.progress(fraction));
      turn.end("etag" in outcome ? "sent" : "failed");
      return outcome;
    } finally {
      release();
    }
  }

  async #signAndQueue(memo: PartMemo) {
    await this.#sign(memo);
    const turn = await this.#turns.acquire(this.#stop.signal);
    try {
      // The wait for the wire can outlast a signature (a laptop that slept).
      await this.#sign(memo);
    } catch (error) {
      turn.end("failed");
      throw error;
    }
    return turn;
  }

  async #read(partNumber: number): Promise<ArrayBuffer> {
    const { file, record } = this.#env;
    const layout = { sizeBytes: file.size, partSizeBytes: record.partSizeBytes };
    const { startByte, endByte } = partRange(layout, partNumber);
    const slice = file.slice(startByte, endByte);
    const bytes = await slice.arrayBuffer().catch(() => null);
    if (bytes?.byteLength !== slice.size) throw unreadableFailure(file.name);
    return bytes;
  }

  async #sign(memo: PartMemo): Promise<void> {
    const { ports } = this.#env;
    const known = memo.signed;
    if (known && known.epoch === this.#epoch && ports.clock.nowMs() - known.atMs < SIGNATURE_LIFE_MS) return;
    const part = await this.#signer.sign({
      partNumber: memo.partNumber,
      checksumSha256: memo.checksumSha256 ?? "",
    });
    memo.signed = { part, atMs: ports.clock.nowMs(), epoch: this.#epoch };
  }

  async #put(memo: PartMemo, body: ArrayBuffer, onFraction: (fraction: number) => void): Promise<PutOutcome> {
    const { ports, link } = this.#env;
    const flight = this.#openFlight(body.byteLength);
    const onProgress = (sentBytes: number) => {
      if (flight.controller.signal.aborted || sentBytes <= flight.sentBytes) return;
      this.#env.onWire(sentBytes - flight.sentBytes);
      flight.sentBytes = sentBytes;
      flight.watch(STALL_MS);
      this.#env.onPartial(memo.partNumber, sentBytes);
      onFraction(sentBytes / flight.sizeBytes);
    };
    try {
      const { part } = memo.signed ?? { part: { url: "", headers: {} } };
      const signal = flight.controller.signal;
      const { etag } = await ports.put(part.url, part.headers, { body, onProgress, signal });
      onProgress(flight.sizeBytes);
      link.passed();
      return { etag: etag ?? "" };
    } catch (error) {
      const { signal } = flight.controller;
      return { failure: toFailure(signal.aborted ? signal.reason : error), sentBytes: flight.sentBytes };
    } finally {
      flight.watch(0);
      this.#flights.delete(flight);
    }
  }

  #openFlight(sizeBytes: number): Flight {
    const controller = new AbortController();
    let stopTimer: () => void = () => undefined;
    const watch = (stallMs: number) => {
      stopTimer();
      if (stallMs <= 0) return;
      stopTimer = this.#env.ports.clock.after(stallMs, () => {
        controller.abort(networkFailure("The connection stood still."));
      });
    };
    const flight: Flight = { sizeBytes, sentBytes: 0, controller, watch };
    this.#flights.add(flight);
    watch(STALL_MS);
    return flight;
  }

  /** Waits as the failure demands; returns the part when storage turns out to hold it. Throws what is final. */
  async #afterFailure(memo: PartMemo, outcome: { failure: TransferFailure; sentBytes: number }) {
    const { failure } = outcome;
    const kind = classifyStorageFailure(failure);
    const count = ++memo.counts[kind];
    if (kind === "present") return { etag: "" };
    if (kind === "network") return this.#afterLoss(memo, outcome.sentBytes);
    if (kind === "gone") throw new TransferFailure({ status: 404, code: UPLOAD_GONE, detail: failure.detail });
    if (kind === "permanent") throw failure;
    if (kind === "busy" && count >= BUSY_ATTEMPTS_MAX) throw failure;
    if (kind === "expired" && count >= EXPIRED_MAX) throw failure;
    if (kind === "damaged" && count >= DAMAGED_MAX) throw failure;
    if (kind !== "busy") memo.signed = null;
    if (kind === "damaged") memo.checksumSha256 = null;
    if (kind === "expired" && count === 1) return null;
    await this.#backOff(count, failure.retryAfterMs);
    return null;
  }

  /** When all bytes had left, perhaps only the answer was lost: ask before sending again. */
  async #afterLoss(memo: PartMemo, sentBytes: number): Promise<{ etag: string } | null> {
    const { ports, link, record, file } = this.#env;
    link.failed();
    await this.#backOff(memo.counts.network, null);
    const layout = { sizeBytes: file.size, partSizeBytes: record.partSizeBytes };
    const sizeBytes = partSizeOf(layout, memo.partNumber);
    if (record.method !== "multipart" || sentBytes < sizeBytes) return null;
    const signal = this.#stop.signal;
    const parts = await retryApi({ ports, link, signal }, () => ports.api.listParts(record.uploadId, signal));
    const stored = parts.find((part) => part.partNumber === memo.partNumber && part.sizeBytes === sizeBytes);
    return stored ? { etag: stored.etag } : null;
  }

  async #backOff(attempt: number, retryAfterMs: number | null): Promise<void> {
    const { ports } = this.#env;
    const delayMs = backoffMs({ attempt, random: ports.random(), retryAfterMs });
    await sleepOrOnline(ports, delayMs, this.#stop.signal);
  }
}
