import { SseReader, type SseMessage } from "./sse-reader.ts";

/** The stream says something every 15 s at least; after this long without a byte it is dead, whatever the socket says. */
const QUIET_MS = 40_000;

/** The portal answered, but not with a stream. */
export class Refused extends Error {}

export interface StreamReading {
  onOpen: () => void;
  onMessage: (message: SseMessage) => void;
}

interface StreamRequest {
  address: string;
  /** Number of the last event seen: the stream goes on after it. */
  lastId: string | null;
  controller: AbortController;
}

/** Reads an event stream to its end. Throws `Refused` for an answer that is none, and what the network throws. */
export async function readStream(
  { address, lastId, controller }: StreamRequest,
  reading: StreamReading,
): Promise<void> {
  let quiet = window.setTimeout(() => controller.abort(), QUIET_MS);
  try {
    const headers = { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) };
    const answer = await fetch(address, { headers, signal: controller.signal, cache: "no-store" });
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
