import { expect, test } from "vitest";
import { decideRestart, QUICK_CRASHES_MAX, SETTLED_MS } from "./restart-policy.ts";

test("waits longer after each quick crash and stops after the fifth", () => {
  const delays: number[] = [];
  let record = { quickCrashes: 0 };
  for (;;) {
    const decision = decideRestart(record, 100);
    if (!decision.restart) break;
    delays.push(decision.delayMs);
    record = decision.record;
  }
  expect(delays).toEqual([250, 500, 1000, 2000]);
  expect(delays).toHaveLength(QUICK_CRASHES_MAX - 1);
});

test("a process that had settled is restarted however often it crashes", () => {
  let record = { quickCrashes: 4 };
  for (let crash = 0; crash < 100; crash++) {
    const decision = decideRestart(record, SETTLED_MS);
    expect(decision.restart).toBe(true);
    if (decision.restart) record = decision.record;
  }
});
