import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followStream, type Connection } from "./follow-stream.ts";

/** A portal whose streams the test holds in its hand. */
class Portal {
  readonly askedAfter: (string | null)[] = [];
  #open: ReadableStreamDefaultController<Uint8Array> | null = null;
  status = 200;
  isReachable = true;

  readonly fetch = (_: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
    if (!this.isReachable) return Promise.reject(new TypeError("Failed to fetch"));
    this.askedAfter.push(headers["last-event-id"] ?? null);
    if (this.status !== 200) return Promise.resolve(new Response(null, { status: this.status }));
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#open = controller;
        signal.addEventListener("abort", () => controller.error(new DOMException("aborted", "AbortError")));
      },
    });
    return Promise.resolve(new Response(body));
  };

  say(text: string): void {
    this.#open?.enqueue(new TextEncoder().encode(text));
  }

  cut(): void {
    this.#open?.error(new TypeError("network error"));
  }
}

let portal: Portal;
let states: Connection["state"][];
let events: string[];
let browser: EventTarget;
let follower: { stop: () => void; retry: () => void };
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  portal = new Portal();
  browser = new EventTarget();
  [states, events] = [[], []];
  const timers = {
    setTimeout: (fn: () => void, ms: number) => setTimeout(fn, ms),
    clearTimeout: (id: number) => clearTimeout(id),
  };
  vi.stubGlobal("window", Object.assign(browser, timers));
  vi.stubGlobal("fetch", portal.fetch);
  follower = followStream({
    onMessage: ({ event, id }) => events.push(`${event} ${id}`),
    onConnection: ({ state }) => states.push(state),
  });
  await settle();
});
afterEach(() => {
  follower.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("after a cut the stream goes on behind the last event seen", async () => {
  portal.say("id: 7\nevent: frame\ndata: 1\n\nevent: records\ndata: 1\n\n");
  await settle();
  portal.cut();
  await settle();
  expect(states).toEqual(["live", "reconnecting"]);
  await settle(500);
  expect(portal.askedAfter).toEqual([null, "7"]);
  portal.say("id: 8\nevent: frame\ndata: 1\n\n");
  await settle();
  expect(events).toEqual(["frame 7", "records null", "frame 8"]);
  expect(states.at(-1)).toBe("live");
});

test("a stream without a byte for 40 s is dead, one with comments is not", async () => {
  for (let i = 0; i < 4; i += 1) {
    await settle(15_000);
    portal.say(": still here\n\n");
  }
  await settle(39_000);
  expect(states).toEqual(["live"]);
  await settle(1500);
  expect(states).toEqual(["live", "reconnecting", "live"]);
});

test("a network that stays away is called disconnected, and its return is used at once", async () => {
  portal.isReachable = false;
  browser.dispatchEvent(new Event("offline"));
  await settle(10_000);
  expect(states).toEqual(["live", "reconnecting", "reconnecting", "reconnecting", "disconnected", "disconnected"]);
  portal.isReachable = true;
  browser.dispatchEvent(new Event("online"));
  await settle();
  expect(states.at(-1)).toBe("live");
});

test("a refusal is told in words and tried again", async () => {
  const reasons: string[] = [];
  follower.stop();
  portal.status = 401;
  follower = followStream({
    onMessage: () => undefined,
    onConnection: (connection) => "reason" in connection && reasons.push(`${connection.state}: ${connection.reason}`),
  });
  await settle(600);
  expect(reasons).toEqual(Array<string>(2).fill("disconnected: You are signed out. Sign in again to go on."));
});

test("who stops hears nothing more and asks for nothing more", async () => {
  follower.stop();
  portal.isReachable = false;
  browser.dispatchEvent(new Event("offline"));
  await settle(60_000);
  expect(states).toEqual(["live"]);
  expect(portal.askedAfter).toEqual([null]);
});
