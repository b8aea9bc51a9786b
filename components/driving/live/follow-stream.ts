import { SseReader, type SseMessage } from "./sse-reader.ts";

export type Connection =
  | { state: "connecting" }
  | { state: "live" }
  /** Lost at `sinceMs` and tried again at `retryAtMs`, by this browser's clock. */
  | { state: "reconnecting" | "disconnected"; sinceMs: number; retryAtMs: number; reason: string };

interface StreamSink {
  onMessage: (message: SseMessage) => void;
  onConnection: (connection: Connection) => void;
}

const ADDRESS = "/api/v1/driving/live";
/** The stream says something every 15 s at least; after this long without a byte it is dead, whatever the socket says. */
const QUIET_MS = 40_000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];
/** So many failures in a row are no hiccup any more. */
const FAILURES_MAX = 4;

class Refused extends Error {}

/**
 * Follows the live stream and comes back by itself, with the number of the last event seen, so that none is missed.
 * Not an EventSource: that neither tells of a dead line nor takes up its place again after a refusal. Returns how to
 * stop, and how to try at once.
 */
export function followStream(sink: StreamSink): { stop: () => void; retry: () => void } {
  let lastId: string | null = null;
  let failures = 0;
  let lostAtMs = 0;
  let timer: number | undefined;
  let open: AbortController | null = null;

  const attempt = async () => {
    const controller = new AbortController();
    open = controller;
    try {
      await readStream(controller, lastId, {
        onOpen: () => {
          failures = 0;
          sink.onConnection({ state: "live" });
        },
        onMessage: (message) => {
          lastId = message.id ?? lastId;
          sink.onMessage(message);
        },
      });
      throw new Error("The portal ended the stream.");
    } catch (error) {
      if (open === controller) lose(error);
    }
  };
  const lose = (error: unknown) => {
    lostAtMs = failures === 0 ? Date.now() : lostAtMs;
    failures += 1;
    const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 8000;
    const reason = error instanceof Refused ? error.message : "The connection is lost.";
    const state = failures >= FAILURES_MAX || error instanceof Refused ? "disconnected" : "reconnecting";
    sink.onConnection({ state, sinceMs: lostAtMs, retryAtMs: Date.now() + waitMs, reason });
    timer = window.setTimeout(() => void attempt(), waitMs);
  };
  const retry = () => {
    window.clearTimeout(timer);
    open?.abort();
    void attempt();
  };
  void attempt();
  window.addEventListener("online", retry);
  return {
    retry,
    stop: () => {
      window.removeEventListener("online", retry);
      window.clearTimeout(timer);
      const last = open;
      open = null;
      last?.abort();
    },
  };
}

interface Reading {
  onOpen: () => void;
  onMessage: (message: SseMessage) => void;
}

async function readStream(controller: AbortController, lastId: string | null, reading: Reading): Promise<void> {
  let quiet = window.setTimeout(() => controller.abort(), QUIET_MS);
  try {
    const headers = { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) };
    const answer = await fetch(ADDRESS, { headers, signal: controller.signal, cache: "no-store" });
    if (!answer.ok || !answer.body) throw new Refused(refusalWords(answer.status));
    reading.onOpen();
    const reader = new SseReader();
    const decoder = new TextDecoder();
    const chunks = answer.body.getReader();
    for (;;) {
      const { done, value } = await chunks.read();
      if (done) return;
      window.clearTimeout(quiet);
      quiet = window.setTimeout(() => controller.abort(), QUIET_MS);
      for (const message of reader.push(decoder.decode(value, { stream: true }))) reading.onMessage(message);
    }
  } finally {
    window.clearTimeout(quiet);
  }
}

function refusalWords(status: number): string {
  if (status === 401) return "You are signed out. Sign in again to go on.";
  if (status === 403) return "Your role may not watch vehicles.";
  return `The portal answered with status ${status}.`;
}
