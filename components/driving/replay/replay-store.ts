import { LiveBoard, type BoardView } from "#lib/driving/board/core/live-board";
import { parseReplayEvent } from "#lib/driving/board/core/replay-events";
import { wallText } from "#lib/driving/core/frames";
import { readStream } from "../live/read-stream.ts";
import type { SseMessage } from "../live/sse-reader.ts";

export interface ReplayState extends BoardView {
  isPlaying: boolean;
  /** Recorded time, as if it were UTC. */
  positionMs: number;
  speed: number;
  isLooping: boolean;
  error: string | null;
}

export interface ReplaySpan {
  fromMs: number;
  toMs: number;
}

const TELL_PAUSE_MS = 200;

/** Plays recorded time. The portal keeps nothing of it: pause is leaving, and seeking is a new request from there. */
export class ReplayStore {
  readonly #span: ReplaySpan;
  readonly #listeners = new Set<() => void>();
  #board = new LiveBoard();
  #positionMs: number;
  #speed = 60;
  #isLooping = false;
  #isPlaying = false;
  #error: string | null = null;
  #open: AbortController | null = null;
  #timer: number | undefined;
  #state: ReplayState;

  constructor(span: ReplaySpan) {
    this.#span = span;
    this.#positionMs = span.fromMs;
    this.#state = this.#read();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): ReplayState => this.#state;

  play(): void {
    if (this.#positionMs >= this.#span.toMs) this.#rewind(this.#span.fromMs);
    this.#isPlaying = true;
    this.#error = null;
    void this.#follow();
  }

  pause(): void {
    const open = this.#open;
    this.#open = null;
    this.#isPlaying = false;
    open?.abort();
    this.#tellSoon();
  }

  seek(positionMs: number): void {
    this.#rewind(Math.min(this.#span.toMs, Math.max(this.#span.fromMs, positionMs)));
    this.#restart();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#restart();
  }

  setLooping(isLooping: boolean): void {
    this.#isLooping = isLooping;
    this.#restart();
  }

  /** What was seen belongs to another time. */
  #rewind(positionMs: number): void {
    this.#positionMs = positionMs;
    this.#board = new LiveBoard();
  }

  #restart(): void {
    if (!this.#isPlaying) {
      this.#tellSoon();
      return;
    }
    this.pause();
    this.play();
  }

  async #follow(): Promise<void> {
    const controller = new AbortController();
    this.#open = controller;
    const { fromMs, toMs } = this.#span;
    const query = new URLSearchParams({
      ...{ from: wallText(fromMs), to: wallText(toMs), speed: String(this.#speed), loop: String(this.#isLooping) },
    });
    const lastId = this.#positionMs > fromMs ? String(Math.floor(this.#positionMs)) : null;
    try {
      await readStream(
        { address: `/api/v1/driving/replay?${query}`, lastId, controller },
        { onOpen: () => this.#tellSoon(), onMessage: (message) => this.#open === controller && this.#take(message) },
      );
    } catch (error) {
      if (this.#open === controller) this.#error = error instanceof Error ? error.message : String(error);
    }
    if (this.#open !== controller) return;
    this.#open = null;
    this.#isPlaying = false;
    this.#tellSoon();
  }

  #take({ event: name, data }: SseMessage): void {
    const event = parseReplayEvent(name, JSON.parse(data), this.#positionMs);
    if (event?.event === "board") this.#board.take(event.data, this.#positionMs);
    else if (event?.event === "clock") this.#positionMs = event.positionMs;
    else if (event?.event === "loop") this.#rewind(this.#span.fromMs);
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      this.#state = this.#read();
      for (const listener of this.#listeners) listener();
    }, TELL_PAUSE_MS);
  }

  #read(): ReplayState {
    return {
      ...this.#board.view(),
      isPlaying: this.#isPlaying,
      positionMs: this.#positionMs,
      speed: this.#speed,
      isLooping: this.#isLooping,
      error: this.#error,
    };
  }
}
