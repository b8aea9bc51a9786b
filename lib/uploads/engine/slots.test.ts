import { expect, it } from "vitest";
import { Slots } from "./slots.ts";
import { settle } from "./testing/fake-clock.ts";

it("serves waiters in order and forgets those who left", async () => {
  const { signal } = new AbortController();
  const slots = new Slots(1);
  const release = await slots.acquire(signal);
  const leaving = new AbortController();
  const order: string[] = [];
  const left = slots.acquire(leaving.signal).catch(() => order.push("left"));
  const next = slots.acquire(signal).then(() => order.push("next"));
  leaving.abort(new Error("gone"));
  release();
  release();
  await Promise.all([left, next]);
  expect(order).toEqual(["left", "next"]);
  let isThird = false;
  void slots.acquire(signal).then(() => (isThird = true));
  await settle();
  expect(isThird).toBe(false);
});
