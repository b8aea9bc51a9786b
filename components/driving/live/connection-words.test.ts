import { expect, test } from "vitest";
import { LiveBoard } from "#lib/driving/board/core/live-board";
import type { LiveState } from "./board-store.ts";
import { connectionWords } from "./connection-words.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 12);

function stateOf(more: Partial<LiveState>): LiveState {
  const live = { connection: { state: "live" as const }, isKnown: true, alertsError: null, madeAtMs: NOW_MS };
  return { ...new LiveBoard().view(), ...live, ...more };
}
const wordOf = (more: Partial<LiveState>) => connectionWords(stateOf(more), NOW_MS).word;

test("the page calls itself live only while records come", () => {
  expect(wordOf({ lastReceivedAtMs: NOW_MS - 59_000 })).toBe("Live");
  expect(wordOf({ lastReceivedAtMs: NOW_MS - 61_000 })).toBe("Stale");
  expect(wordOf({ lastReceivedAtMs: null })).toBe("Waiting");
});

test("a lost connection is never called live, however new the last record is", () => {
  const lost = { sinceMs: NOW_MS, retryAtMs: NOW_MS + 500, reason: "The connection is lost." };
  expect(wordOf({ lastReceivedAtMs: NOW_MS, connection: { state: "reconnecting", ...lost } })).toBe("Reconnecting");
  expect(wordOf({ lastReceivedAtMs: NOW_MS, connection: { state: "disconnected", ...lost } })).toBe("Disconnected");
  expect(wordOf({ connection: { state: "connecting" } })).toBe("Connecting");
});

test("what a screen reader hears does not change every second", () => {
  const early = connectionWords(stateOf({ lastReceivedAtMs: NOW_MS - 1000 }), NOW_MS);
  const later = connectionWords(stateOf({ lastReceivedAtMs: NOW_MS - 1000 }), NOW_MS + 9000);
  expect(later).toEqual(early);
});
