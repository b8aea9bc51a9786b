import { setImmediate as nextTurn } from "node:timers/promises";
import { messageOf } from "#lib/errors";
import { encodeEvent, type OpenStream } from "#lib/live/event-stream";
import { subscribe } from "#lib/live/subscribe";
import { log } from "#lib/log";
import { nextFrameAtMs } from "../core/frames.ts";
import { tickFeed } from "../ingest/tick-feed.ts";
import { hasSilentDriver, listDriverStatus, listEvents, readArrivals, readPosition } from "./live-store.ts";
import { recordsData, renderEvent, STREAM_RECORDS_MAX, type RenderedEvent } from "./render.ts";

/** Looks at the database at most this often, so that a busy stream costs few reads and few writes per viewer. */
const READ_PAUSE_MS = 20;
/** Added for each viewer: a crowd is told in fewer, larger pieces. */
const READ_PAUSE_PER_VIEWER_MS = 0.03;
/** Records between frames are sent together. */
const DELTA_PAUSE_MS = 1000;
const SILENCE_PAUSE_MS = 2000;
const EVENTS_PER_READ = 500;
const VIEWERS_AT_ONCE = 25;

/** A reader of the stream. Until it is ready, what comes is kept for it. */
export class Viewer {
  readonly #stream: OpenStream;
  #cursor = Infinity;
  #kept: { event: RenderedEvent | null; bytes: Uint8Array }[] | null = [];

  constructor(stream: OpenStream) {
    this.#stream = stream;
  }

  /** Sends what came meanwhile and is newer than what the viewer has seen, and from now on everything at once. */
  ready(cursor: number): void {
    const kept = this.#kept ?? [];
    this.#kept = null;
    this.#cursor = cursor;
    for (const { event, bytes } of kept) {
      if (event) this.#sendIfNew(event);
      else this.#stream.write(bytes);
    }
  }

  take(events: readonly RenderedEvent[], joined: Uint8Array): void {
    if (this.#kept) this.#kept.push(...events.map((event) => ({ event, bytes: event.bytes })));
    else if (events[0]?.eventNo === this.#cursor + 1) {
      this.#stream.write(joined);
      this.#cursor += events.length;
    } else for (const event of events) this.#sendIfNew(event);
  }

  /** What has no number: a viewer who misses it finds it in the next frame. */
  takeLoose(bytes: Uint8Array): void {
    if (this.#kept) this.#kept.push({ event: null, bytes });
    else this.#stream.write(bytes);
  }

  #sendIfNew({ eventNo, bytes }: RenderedEvent): void {
    if (eventNo <= this.#cursor) return;
    this.#stream.write(bytes);
    this.#cursor = eventNo;
  }

  close(): void {
    this.#stream.close();
  }
}

/** One workspace's stream in this process: read once from the database, however many viewers it has. */
export class LiveFeed {
  readonly #scope: { workspaceId: string };
  readonly #viewers = new Set<Viewer>();
  readonly #timers: Partial<Record<"frame" | "silence" | "delta" | "again", NodeJS.Timeout>> = {};
  #unsubscribe: (() => void) | null = null;
  #eventNo = 0;
  #seq = 0;
  /** Before it knows where it stands it must not read: it would read everything. */
  #isStarted = false;
  #isReading = false;
  #isAsked = false;
  #isOver = false;

  constructor(workspaceId: string) {
    this.#scope = { workspaceId };
  }

  get isIdle(): boolean {
    return this.#viewers.size === 0;
  }

  async start(): Promise<void> {
    this.#unsubscribe = await subscribe((message) => {
      const isOurs = message === "reconnected" || message.topic === "driving";
      if (isOurs && (message === "reconnected" || message.workspaceId === this.#scope.workspaceId)) this.#wake();
    });
    const { lastEventNo, lastSeq } = await readPosition(this.#scope);
    this.#eventNo = lastEventNo;
    this.#seq = lastSeq;
    this.#isStarted = true;
    this.#wake();
    this.#tick();
    this.#timers.silence = setInterval(() => void this.#lookForSilence(), SILENCE_PAUSE_MS);
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  stop(): void {
    this.#isOver = true;
    this.#unsubscribe?.();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
  }

  /** Closes the frame now due and comes back at the next boundary, by the database's clock. */
  #tick(): void {
    tickFeed(this.#scope).then(
      (nowMs) => this.#tickIn(nextFrameAtMs(nowMs) - nowMs + 1),
      (error: unknown) => {
        log.warn("driving.tick_failed", { error: messageOf(error) });
        this.#tickIn(1000);
      },
    );
  }

  #tickIn(delayMs: number): void {
    if (!this.#isOver) this.#timers.frame = setTimeout(() => this.#tick(), delayMs);
  }

  async #lookForSilence(): Promise<void> {
    try {
      if (await hasSilentDriver(this.#scope)) await tickFeed(this.#scope);
    } catch (error) {
      log.warn("driving.silence_check_failed", { error: messageOf(error) });
    }
  }

  #wake(): void {
    if (!this.#isStarted) return;
    this.#isAsked = true;
    this.#timers.delta ??= setTimeout(() => void this.#sendDelta(), DELTA_PAUSE_MS);
    if (!this.#isReading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    while (this.#isAsked && !this.#isOver) {
      this.#isAsked = false;
      try {
        await this.#sendEvents();
      } catch (error) {
        // The connection that tells of news comes back with "reconnected"; until then this asks by itself.
        log.warn("driving.read_failed", { error: messageOf(error) });
        this.#isAsked = true;
        await pause(500);
      }
      await pause(READ_PAUSE_MS + this.#viewers.size * READ_PAUSE_PER_VIEWER_MS);
    }
    this.#isReading = false;
  }

  async #sendEvents(): Promise<void> {
    for (;;) {
      const events = await listEvents(this.#scope, { after: this.#eventNo, limit: EVENTS_PER_READ });
      const rendered: RenderedEvent[] = [];
      for (const event of events) rendered.push(await renderEvent(this.#scope, event));
      const joined = Buffer.concat(rendered.map(({ bytes }) => bytes));
      this.#eventNo = events.at(-1)?.eventNo ?? this.#eventNo;
      if (rendered.length > 0) for (const viewer of this.#viewers) viewer.take(rendered, joined);
      if (events.length < EVENTS_PER_READ) return;
    }
  }

  async #sendDelta(): Promise<void> {
    try {
      const { lastSeq, nowMs } = await readPosition(this.#scope);
      delete this.#timers.delta;
      if (lastSeq === this.#seq) return;
      const [fromSeq, toSeq] = [this.#seq + 1, lastSeq];
      this.#seq = lastSeq;
      const bytes = encodeEvent({ event: "records", data: await this.#deltaData({ fromSeq, toSeq, nowMs }) });
      let told = 0;
      for (const viewer of [...this.#viewers]) {
        viewer.takeLoose(bytes);
        told += 1;
        // An alert must not wait until everybody has a second's records.
        if (told % VIEWERS_AT_ONCE === 0) await nextTurn();
      }
    } catch (error) {
      log.warn("driving.delta_failed", { error: messageOf(error) });
      delete this.#timers.delta;
    }
  }

  /** The records themselves, or, when they are too many, where their drivers are now. */
  async #deltaData({ fromSeq, toSeq, nowMs }: { fromSeq: number; toSeq: number; nowMs: number }) {
    const count = toSeq - fromSeq + 1;
    if (count > STREAM_RECORDS_MAX) {
      return { nowMs, fromSeq, toSeq, count, drivers: await listDriverStatus(this.#scope, fromSeq - 1) };
    }
    const records = await readArrivals(this.#scope, { fromSeq, toSeq, limit: count });
    return { nowMs, fromSeq, toSeq, count, ...recordsData(records) };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
