import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gzipSync } from "node:zlib";
import type { Clock } from "./pace.ts";
import { openSession, type SessionOptions } from "./session.ts";

vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1,other.example");

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

let handle: Handler;
let count: number;
let waits: number[];
const server = createServer((request, response) => handle(request, response, ++count));
const clock: Clock = {
  nowMs: () => 0,
  sleep: (ms, signal) => {
    signal?.throwIfAborted();
    waits.push(ms);
    return Promise.resolve();
  },
};

beforeEach(async () => {
  [count, waits] = [0, []];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const lookup = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
const session = (options: Partial<SessionOptions> = {}) =>
  openSession({ name: "The node", requestsPerSecond: 1000, clock, lookup, timeoutMs: 300, ...options });
const json = (text: string) => JSON.parse(text) as unknown;

describe("a session", () => {
  it("reads what it asked for, packed or not", async () => {
    handle = (_request, response, n) =>
      n === 1
        ? response.end('{"a":1}')
        : response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"a":2}'));
    expect(await session().get(urlOf("/"), json)).toEqual({ a: 1 });
    expect(await session().get(urlOf("/"), json)).toEqual({ a: 2 });
  });

  it.each([
    ["429 with a wait", (r: ServerResponse) => r.writeHead(429, { "retry-after": "7" }).end()],
    ["503", (r: ServerResponse) => r.writeHead(503).end()],
    ["a broken connection", (r: ServerResponse) => r.destroy()],
    ["half an answer", (r: ServerResponse) => r.end('{"a":')],
    ["silence", () => undefined],
  ])("asks again after %s", async (what, fail) => {
    handle = (_request, response, n) => (n === 1 ? fail(response) : response.end('{"a":1}'));
    const told: string[] = [];
    expect(await session({ onRetry: (why) => told.push(why) }).get(urlOf("/"), json)).toEqual({ a: 1 });
    expect(told).toHaveLength(1);
    if (what.startsWith("429")) expect(waits).toContain(7000);
  });

  it("gives up in the end, saying who failed and how often", async () => {
    handle = (_request, response) => response.writeHead(500).end();
    const asked = session({ attemptsMax: 3 }).get(urlOf("/"), json);
    await expect(asked).rejects.toMatchObject({
      code: "unavailable",
      message: "The node answered 500. Tried 3 times.",
    });
    expect(count).toBe(3);
  });

  it("does not wait an hour because it is told to", async () => {
    handle = (_request, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await expect(session().get(urlOf("/"), json)).rejects.toMatchObject({ code: "unavailable", retryAfterS: 3600 });
    expect(count).toBe(1);
  });

  it.each([
    [401, "key"],
    [404, "answered 404"],
    [422, "at most 10 locations"],
  ])("does not ask again after %d", async (status, words) => {
    handle = (_request, response) => response.writeHead(status).end("at most 10 locations");
    const asked = session({ headers: { authorization: "Bearer top-secret" } }).post(urlOf("/?key=1"), {}, json);
    const error = await asked.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unprocessable", message: expect.stringContaining(words) as string });
    expect(String(error)).not.toContain("top-secret");
    expect(count).toBe(1);
  });

  it("keeps to its rate", async () => {
    handle = (_request, response) => response.end("{}");
    const paced = session({ requestsPerSecond: 4 });
    for (let i = 0; i < 3; i++) await paced.get(urlOf("/"), json);
    expect(waits).toEqual([250, 500]);
  });

  it("follows a moved page without taking the key to another host, and never moves a POST", async () => {
    let sent: string | undefined;
    handle = (request, response, n) => {
      if (n === 1) response.writeHead(302, { location: urlOf("/b").replace("127.0.0.1", "other.example") }).end();
      else {
        sent = request.headers.authorization;
        response.end("{}");
      }
    };
    const keyed = session({ headers: { authorization: "Bearer top-secret" } });
    await keyed.get(urlOf("/a"), json);
    expect(sent).toBeUndefined();
    count = 0;
    await expect(keyed.post(urlOf("/a"), {}, json)).rejects.toThrow(/has moved/);
  });

  it("ends at once when it is cancelled, also while it waits", async () => {
    const controller = new AbortController();
    handle = (_request, response) => response.writeHead(503).end();
    const waiting: Clock = {
      ...clock,
      sleep: (_ms, signal) => {
        controller.abort();
        signal?.throwIfAborted();
        return Promise.resolve();
      },
    };
    const asked = session({ signal: controller.signal, clock: waiting }).get(urlOf("/"), json);
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });

  it("does not swallow an answer of any size", async () => {
    handle = (_request, response) => response.end("x".repeat(2000));
    await expect(session({ bytesMax: 1000 }).get(urlOf("/"), String)).rejects.toMatchObject({ code: "too_large" });
  });
});
