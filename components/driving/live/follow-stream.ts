import { readStream, Refused } from "./read-stream.ts";
import type { SseMessage } from "./sse-reader.ts";

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
const RETRY_MS = [500, 1000, 2000, 4000, 8000];
/** So many failures in a row are no hiccup any more. */
const FAILURES_MAX = 4;

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
      await readStream(
        { address: ADDRESS, lastId, controller },
        {
          onOpen: () => {
            failures = 0;
            sink.onConnection({ state: "live" });
          },
          onMessage: (message) => {
            lastId = message.id ?? lastId;
            sink.onMessage(message);
          },
        },
      );
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
  // Without a network a stream that still seems open is not believed; one to this machine comes back at once.
  const doubt = () => open?.abort();
  void attempt();
  window.addEventListener("online", retry);
  window.addEventListener("offline", doubt);
  return {
    retry,
    stop: () => {
      window.removeEventListener("online", retry);
      window.removeEventListener("offline", doubt);
      window.clearTimeout(timer);
      const last = open;
      open = null;
      last?.abort();
    },
  };
}
