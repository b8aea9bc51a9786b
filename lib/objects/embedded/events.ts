import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "#lib/errors";
import { encodeRfc3986 } from "./sigv4.ts";

export interface ObjectServerLog {
  warn: (event: string, fields: Record<string, unknown>) => void;
  error: (event: string, fields: Record<string, unknown>) => void;
}

export interface ObjectEvent {
  eventName:
    "ObjectCreated:Put" | "ObjectCreated:Copy" | "ObjectCreated:CompleteMultipartUpload" | "ObjectRemoved:Delete";
  eventTime: string;
  bucket: string;
  /** As it is, not encoded. */
  key: string;
  sizeBytes?: number;
  etag?: string;
  /** Sorts the events of one key by time. */
  sequencer: string;
}

export interface EventQueueOptions {
  url?: string;
  secret?: string;
  region: string;
  onEvent?: (event: ObjectEvent) => void;
  log: ObjectServerLog;
  /** Waits between attempts; one attempt more than there are waits. */
  retryDelaysMs?: readonly number[];
}

const RETRY_DELAYS_MS = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000];
const QUEUE_MAX = 10_000;
const SENDERS = 4;
const ATTEMPT_TIMEOUT_MS = 15_000;
const CLOSE_GRACE_MS = 2000;

/** S3 encodes keys in events as forms do: slashes stay, spaces become plus signs. */
export function encodeEventKey(key: string): string {
  return encodeRfc3986(key).replaceAll("%2F", "/").replaceAll("%20", "+");
}

/** The JSON that S3 sends for one event. */
export function toNotification(event: ObjectEvent, region: string): object {
  const { key, sizeBytes, etag, sequencer } = event;
  const object = { key: encodeEventKey(key), size: sizeBytes, eTag: etag, sequencer };
  const { eventName, eventTime, bucket } = event;
  const s3 = { s3SchemaVersion: "1.0", bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` }, object };
  return { Records: [{ eventVersion: "2.1", eventSource: "aws:s3", awsRegion: region, eventTime, eventName, s3 }] };
}

/** Delivers events at least once while the process lives; what is lost is found by the receiver's sweep. */
export class EventQueue {
  readonly #options: EventQueueOptions;
  readonly #waiting: ObjectEvent[] = [];
  readonly #senders = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #lastSequence = 0n;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Grows with every call, also over a restart as long as the clock does not go back. */
  nextSequencer(nowMs: number): string {
    const floor = BigInt(Math.trunc(nowMs)) << 20n;
    this.#lastSequence = floor > this.#lastSequence ? floor : this.#lastSequence + 1n;
    return this.#lastSequence.toString(16).toUpperCase().padStart(18, "0");
  }

  publish(event: ObjectEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      this.#options.log.error("object-server.event-listener-failed", { error: messageOf(error) });
    }
    if (this.#options.url === undefined || this.#stop.signal.aborted) return;
    if (this.#waiting.length >= QUEUE_MAX) {
      this.#options.log.warn("object-server.event-dropped", { bucket: event.bucket, waiting: QUEUE_MAX });
      return;
    }
    this.#waiting.push(event);
    if (this.#senders.size < SENDERS) this.#startSender(this.#options.url);
  }

  #startSender(url: string): void {
    const sender = this.#drain(url).finally(() => this.#senders.delete(sender));
    this.#senders.add(sender);
  }

  async #drain(url: string): Promise<void> {
    for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) await this.#deliver(url, event);
  }

  async #deliver(url: string, event: ObjectEvent): Promise<void> {
    const body = JSON.stringify(toNotification(event, this.#options.region));
    const delays = this.#options.retryDelaysMs ?? RETRY_DELAYS_MS;
    for (let attempt = 0; !this.#stop.signal.aborted; attempt += 1) {
      const problem = await this.#attempt(url, body);
      if (problem === undefined) return;
      const waitMs = delays[attempt];
      if (waitMs === undefined) {
        this.#options.log.warn("object-server.event-undelivered", { attempts: attempt + 1, problem });
        return;
      }
      await delay(waitMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
    }
  }

  async #attempt(url: string, body: string): Promise<string | undefined> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (this.#options.secret !== undefined) headers.authorization = `Bearer ${this.#options.secret}`;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
      await response.body?.cancel();
      return response.ok ? undefined : `status ${response.status}`;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Gives deliveries under way a moment, then gives up. */
  async close(): Promise<void> {
    const grace = delay(CLOSE_GRACE_MS, undefined, { ref: false });
    await Promise.race([Promise.all(this.#senders), grace]);
    this.#stop.abort();
    await Promise.all(this.#senders);
  }
}
