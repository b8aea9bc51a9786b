import type { z } from "zod";
import { drivingAlert } from "#lib/driving/alerts/schema";
import type { BoardAlert } from "#lib/driving/board/core/board-alerts";
import { LiveBoard, type BoardView } from "#lib/driving/board/core/live-board";
import { parseStreamEvent } from "#lib/driving/board/core/stream-events";
import { apiFetch } from "#lib/http/client";
import { pageOf } from "#lib/http/pagination";
import { followStream, type Connection } from "./follow-stream.ts";
import type { SseMessage } from "./sse-reader.ts";

/** Everything the page draws at one moment. */
export interface LiveState extends BoardView {
  connection: Connection;
  /** This browser's clock when it was put together. */
  madeAtMs: number;
  /** Before the first snapshot nothing is known, which is not the same as nothing being there. */
  isKnown: boolean;
  /** Why the list of alerts could not be read. */
  alertsError: string | null;
}

const alertsPage = pageOf(drivingAlert);
/** Often enough for the eye; a busy stream changes the board a thousand times a second. */
const TELL_PAUSE_MS = 250;
/** Thousands of vehicles take a browser longer to draw than a few. */
const TELL_PAUSE_MANY_MS = 1000;
const MANY = 1000;
/** Without news ages and silent vehicles change all the same. */
const IDLE_PAUSE_MS = 5000;

/** Joins stream and board and tells React, not more often than an eye can follow. */
export class BoardStore {
  readonly #board = new LiveBoard();
  readonly #listeners = new Set<() => void>();
  #connection: Connection = { state: "connecting" };
  #isKnown = false;
  #alertsError: string | null = null;
  #state: LiveState = this.#read();
  #timer: number | undefined;
  #follower: { stop: () => void; retry: () => void } | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): LiveState => this.#state;

  start(): () => void {
    const idle = window.setInterval(() => this.#tellSoon(), IDLE_PAUSE_MS);
    this.#follower = followStream({
      onMessage: (message) => this.#take(message),
      onConnection: (connection) => {
        this.#connection = connection;
        this.#tellSoon();
      },
    });
    return () => {
      window.clearInterval(idle);
      window.clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#follower?.stop();
    };
  }

  retry(): void {
    this.#follower?.retry();
    if (this.#alertsError !== null) void this.#loadAlerts();
  }

  /** What the database has become after somebody here judged an alert. */
  putAlert(alert: z.output<typeof drivingAlert>): void {
    this.#board.loadAlerts([toBoardAlert(alert)], Infinity);
    this.#tellSoon();
  }

  #take({ event: name, data }: SseMessage): void {
    const event = parseStreamEvent(name, JSON.parse(data));
    if (!event) return;
    this.#board.take(event, Date.now());
    if (event.event === "snapshot") {
      this.#isKnown = true;
      void this.#loadAlerts();
    }
    this.#tellSoon();
  }

  async #loadAlerts(): Promise<void> {
    const address = "/api/v1/driving/alerts";
    const asOfEventNo = this.#board.lastEventNo;
    try {
      const [newest, open] = await Promise.all([
        apiFetch(`${address}?limit=60`, { response: alertsPage }),
        apiFetch(`${address}?state=open&limit=200`, { response: alertsPage }),
      ]);
      this.#board.loadAlerts([...newest.items, ...open.items].map(toBoardAlert), asOfEventNo);
      this.#alertsError = null;
    } catch (error) {
      this.#alertsError = error instanceof Error ? error.message : String(error);
    }
    this.#tellSoon();
  }

  #tellSoon(): void {
    const pauseMs = this.#state.vehicles.size > MANY ? TELL_PAUSE_MANY_MS : TELL_PAUSE_MS;
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      this.#state = this.#read();
      for (const listener of this.#listeners) listener();
    }, pauseMs);
  }

  #read(): LiveState {
    const rest = {
      connection: this.#connection,
      madeAtMs: Date.now(),
      isKnown: this.#isKnown,
      alertsError: this.#alertsError,
    };
    return { ...this.#board.view(), ...rest };
  }
}

function toBoardAlert(alert: z.output<typeof drivingAlert>): BoardAlert {
  return { ...alert, raisedAtMs: Date.parse(alert.raisedAt) };
}
