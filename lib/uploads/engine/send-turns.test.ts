import { expect, it } from "vitest";
import { SendTurns, sendsAtOnce } from "./send-turns.ts";
import { FakeClock, settle } from "./testing/fake-clock.ts";

const MIB = 1024 * 1024;
const { signal } = new AbortController();

it("sends side by side only where three cuts still cost less than 2 % of the file", () => {
  expect(sendsAtOnce(100 * MIB, 8 * MIB)).toBe(1);
  expect(sendsAtOnce(1000 * MIB, 5 * MIB)).toBe(1);
  expect(sendsAtOnce(2000 * MIB, 5 * MIB)).toBe(3);
  expect(sendsAtOnce(10_000 * MIB, 8 * MIB)).toBe(4);
});

it("lets the next part start when the last bytes of a single lane are leaving", async () => {
  const turns = new SendTurns(new FakeClock(), 1);
  const first = await turns.acquire(signal);
  let isStarted = false;
  const second = turns.acquire(signal).then((turn) => {
    isStarted = true;
    return turn;
  });
  first.progress(0.8);
  await settle();
  expect(isStarted).toBe(false);
  first.progress(0.9);
  await second;
  expect(isStarted).toBe(true);
});

it("keeps parts out of step by their mean duration when progress is silent", async () => {
  const clock = new FakeClock();
  const turns = new SendTurns(clock, 2);
  const first = await turns.acquire(signal);
  await clock.advance(1000);
  first.end("sent");
  // One second per part is slow enough for the two lanes to count.
  const startsMs: number[] = [];
  for (const _ of [1, 2]) void turns.acquire(signal).then(() => startsMs.push(clock.nowMs()));
  await clock.advance(2000);
  expect((startsMs[1] ?? 0) - (startsMs[0] ?? 0)).toBe(500);
});

it("forgets a waiter that gave up", async () => {
  const turns = new SendTurns(new FakeClock(), 1);
  const first = await turns.acquire(signal);
  const leaving = new AbortController();
  const left = turns.acquire(leaving.signal);
  const next = turns.acquire(signal);
  leaving.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  first.end("failed");
  await next;
});

it("opens all lanes when parts are so quick that they are mostly overhead", async () => {
  const clock = new FakeClock();
  const turns = new SendTurns(clock, 1);
  const first = await turns.acquire(signal);
  await clock.advance(40);
  first.end("sent");
  let started = 0;
  for (const _ of [1, 2, 3, 4, 5, 6]) void turns.acquire(signal).then(() => started++);
  await clock.advance(40);
  expect(started).toBe(4);
});
