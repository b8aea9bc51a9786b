import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ObjectEvent } from "./events.ts";
import { EventQueue, encodeEventKey } from "./events.ts";

const EVENT: ObjectEvent = {
  eventName: "ObjectCreated:Put",
  eventTime: "2026-01-02T03:04:05.000Z",
  bucket: "b",
  key: "drop/a b+ü.csv",
  sizeBytes: 3,
  etag: "e",
  sequencer: "1",
};

const log = { warn: vi.fn(), error: vi.fn() };
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.clearAllMocks();
});

/** A receiver that answers with `statuses` in turn, the last one for ever. */
async function receiver(statuses: number[]) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(statuses[Math.min(received.length, statuses.length) - 1] ?? 200).end("{}");
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/events`, received };
}

describe("object events", () => {
  it("an event is sent as S3 would, with the secret", async () => {
    const { url, received } = await receiver([200]);
    const queue = new EventQueue({ url, secret: "s3cret", region: "us-east-1", log });
    queue.publish(EVENT);
    await queue.close();
    expect(received).toHaveLength(1);
    expect(received[0]?.headers.authorization).toBe("Bearer s3cret");
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
      Records: [
        {
          eventName: "ObjectCreated:Put",
          eventTime: EVENT.eventTime,
          s3: { bucket: { name: "b" }, object: { key: "drop/a+b%2B%C3%BC.csv", size: 3, eTag: "e", sequencer: "1" } },
        },
      ],
    });
  });

  it("an event that is refused is sent again until it is taken", async () => {
    const { url, received } = await receiver([500, 503, 200]);
    const queue = new EventQueue({ url, region: "us-east-1", log, retryDelaysMs: [0, 0, 0] });
    queue.publish(EVENT);
    await queue.close();
    expect(received).toHaveLength(3);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it("an event nobody takes is given up with a line in the log", async () => {
    const { url, received } = await receiver([500]);
    const queue = new EventQueue({ url, region: "us-east-1", log, retryDelaysMs: [0, 0] });
    queue.publish(EVENT);
    await queue.close();
    expect(received).toHaveLength(3);
    expect(log.warn).toHaveBeenCalledWith("object-server.event-undelivered", { attempts: 3, problem: "status 500" });
  });

  it("a listener that throws disturbs nobody", async () => {
    const onEvent = vi.fn(() => {
      throw new Error("listener");
    });
    const queue = new EventQueue({ region: "us-east-1", log, onEvent });
    expect(() => queue.publish(EVENT)).not.toThrow();
    await queue.close();
    expect(log.error).toHaveBeenCalledOnce();
  });

  it("sequencers grow even when the clock stands or goes back", () => {
    const queue = new EventQueue({ region: "us-east-1", log });
    const sequence = [5, 5, 4, 6].map((nowMs) => queue.nextSequencer(nowMs));
    expect(sequence.toSorted()).toEqual(sequence);
    expect(new Set(sequence).size).toBe(4);
  });

  it("keys are encoded like forms, slashes apart", () => {
    expect(encodeEventKey("a/b c+d%e*'(f).csv")).toBe("a/b+c%2Bd%25e%2A%27%28f%29.csv");
  });
});
