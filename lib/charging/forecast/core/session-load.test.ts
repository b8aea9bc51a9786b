import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { verify } from "../../../../bench/verify/charging-load-forecast.ts";
import { energyOf, SessionLoad, toCoarserSteps } from "./session-load.ts";

const REFERENCE = join(import.meta.dirname, "../../../../../shared/data/charging-reference");

it("draws full steps, then the rest over the next step", () => {
  const load = new SessionLoad({ stepMin: 15, powerKw: 6 });
  expect(load.add(61, 2.25)).toBe(5);
  expect([...load.toLoadKw().slice(3, 7)]).toEqual([0, 6, 3, 0]);
});

it("goes on after midnight, and on the next days for sessions of more than one", () => {
  const load = new SessionLoad({ stepMin: 15, powerKw: 1.4 });
  load.add(23 * 60 + 45, 1.4);
  expect(load.toLoadKw()[95]).toBe(1.4);
  expect(load.toLoadKw()[2]).toBeCloseTo(1.4, 12);
  load.add(0, 40);
  expect(energyOf(load.toLoadKw(), 15)).toBeCloseTo(41.4, 10);
});

it.each([1, 15])("conserves energy and matches a session by session sum, step %i min", (stepMin) => {
  const rng = createRandom("load");
  const load = new SessionLoad({ stepMin, powerKw: 6.6 });
  const slow = new Float64Array(1440 / stepMin);
  let energy = 0;
  for (let i = 0; i < 2000; i++) {
    const [startMin, energyKwh] = [rng.uniform(-1440, 3000), rng.uniform(0, 200)];
    energy += energyKwh;
    load.add(startMin, energyKwh);
    const start = Math.floor((((startMin % 1440) + 1440) % 1440) / stepMin);
    let left = energyKwh;
    for (let step = start; left > 0; step++) {
      const part = Math.min(left, (6.6 * stepMin) / 60);
      slow[step % slow.length]! += (part * 60) / stepMin;
      left -= part;
    }
  }
  const loadKw = load.toLoadKw();
  expect(energyOf(loadKw, stepMin) / energy).toBeCloseTo(1, 12);
  for (const [step, value] of loadKw.entries()) expect(value).toBeCloseTo(slow[step]!, 6);
});

it("keeps the energy in coarser steps", () => {
  const load = new SessionLoad({ stepMin: 1, powerKw: 150 });
  load.add(600, 33.3);
  expect(energyOf(toCoarserSteps(load.toLoadKw(), 15), 15)).toBeCloseTo(33.3, 12);
});

it("has no load without sessions", () => {
  expect(new SessionLoad({ stepMin: 1, powerKw: 1 }).toLoadKw().every((value) => value === 0)).toBe(true);
});

it.skipIf(!existsSync(REFERENCE))(`makes the reference's load (skipped without ${REFERENCE})`, () => {
  const checks = [...verify({ dataDir: REFERENCE, referenceDir: REFERENCE, say: () => undefined })];
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(checks.length).toBeGreaterThan(10_000);
});
