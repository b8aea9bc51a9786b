import type { Ctx } from "#lib/auth/context";
import { messageOf } from "#lib/errors";
import { eventStream, type OpenStream } from "#lib/live/event-stream";
import { log } from "#lib/log";
import { wallText } from "../../core/frames.ts";
import { recordsData } from "../../live/render.ts";
import { positionAt, type Playback } from "../core/playback.ts";
import type { ReplayQuery } from "../schema.ts";
import { readEventsBetween, readRecordsBetween } from "../store.ts";

const STEP_MS = 250;
/** Before the beginning, so that the map is not empty: where vehicles were last. */
const LEAD_MS = 60_000;

/**
 * Plays a workspace's own history as the live stream would have shown it: `records`, alerts and a `clock`. Nothing is
 * kept on the server: pausing is leaving, and going on, seeking or another speed is a new request from the position
 * last seen, which is also the id of every event.
 */
export function replayHistory(ctx: Ctx, request: Request, query: ReplayQuery): Response {
  const lastId = Number(request.headers.get("last-event-id") ?? NaN);
  const isInside = lastId >= query.from && lastId < query.to;
  return eventStream(request, ({ send, close }) => {
    const player = new Player(ctx, { send, close }, { ...query, startMs: isInside ? lastId : query.from });
    const timer = setInterval(() => void player.step(), STEP_MS);
    void player.step();
    return () => clearInterval(timer);
  });
}

class Player {
  readonly #ctx: Ctx;
  readonly #stream: Pick<OpenStream, "send" | "close">;
  readonly #playback: Playback;
  readonly #startedAheadMs: number;
  #playedMs: number;
  #pass = 0;
  #isBusy = false;

  constructor(ctx: Ctx, stream: Pick<OpenStream, "send" | "close">, query: ReplayQuery & { startMs: number }) {
    const { from, to, speed, loop, startMs } = query;
    this.#ctx = ctx;
    this.#stream = stream;
    // A resumed loop still begins again where the whole one does.
    this.#startedAheadMs = (startMs - from) / speed;
    this.#playback = { fromMs: from, toMs: to, startedAtMs: performance.now(), speed, isLooping: loop };
    this.#playedMs = startMs - LEAD_MS;
  }

  async step(): Promise<void> {
    // A step that takes longer than its time is followed by a longer one, not by a queue of them.
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#advance();
    } catch (error) {
      log.warn("driving.replay_failed", { error: messageOf(error) });
      this.#stream.close();
    }
    this.#isBusy = false;
  }

  async #advance(): Promise<void> {
    const { fromMs, toMs, speed } = this.#playback;
    const { positionMs, pass, isOver } = positionAt(this.#playback, performance.now() + this.#startedAheadMs);
    if (pass > this.#pass) {
      await this.#play(toMs);
      this.#stream.send({ event: "loop", data: { pass }, id: fromMs });
      this.#playedMs = fromMs - LEAD_MS;
      this.#pass = pass;
    }
    await this.#play(positionMs);
    const clock = { positionMs, at: wallText(Math.floor(positionMs)), speed };
    this.#stream.send({ event: "clock", data: clock, id: Math.floor(positionMs) });
    if (!isOver) return;
    this.#stream.send({ event: "end", data: clock });
    this.#stream.close();
  }

  async #play(untilMs: number): Promise<void> {
    if (untilMs <= this.#playedMs) return;
    const stretch = { afterMs: this.#playedMs, toMs: untilMs };
    this.#playedMs = untilMs;
    const records = await readRecordsBetween(this.#ctx, stretch);
    if (records.length > 0) this.#stream.send({ event: "records", data: recordsData(records.map(({ row }) => row)) });
    for (const { kind, payload } of await readEventsBetween(this.#ctx, stretch)) {
      this.#stream.send({ event: kind, data: payload });
    }
  }
}
