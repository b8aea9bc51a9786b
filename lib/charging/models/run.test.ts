import { expect, it } from "vitest";
import { viewSpecs } from "#lib/charts/spec";
import { createRandom } from "#lib/math/random";
import type { SessionRows } from "./core/collect-sessions.ts";
import { runTrainSessionModel } from "./run.ts";
import { sessionModel } from "./schema.ts";
import { trainSessionModelParams } from "./train-schema.ts";
import { viewSessionModel } from "./view.ts";

const DAY_MS = 86_400_000;

interface Person {
  id: string | null;
  segment: string;
  startMin: number;
  energyKwh: number;
  days: number;
}

/** One session a day of each person, on the first days of 2026 (a Thursday first). */
function sessions(people: readonly Person[]): SessionRows {
  const rng = createRandom("sessions");
  const all = people.flatMap((person) => Array.from({ length: person.days }, (_, day) => ({ ...person, day })));
  const numbers = (of: (session: (typeof all)[number]) => number) => Float64Array.from(all, of);
  return {
    rowCount: all.length,
    segment: all.map(({ segment }) => segment),
    driverId: all.map(({ id }) => id),
    startedAtMs: numbers(({ day }) => Date.UTC(2026, 0, 1) + day * DAY_MS),
    startS: numbers(({ startMin }) => ((rng.normal(startMin, 20) + 1440) * 60) % 86_400),
    weekday: numbers(({ day }) => (day + 3) % 7),
    energyKwh: numbers(({ energyKwh }) => Math.abs(rng.normal(energyKwh, 1))),
    pluggedS: numbers(() => Math.abs(rng.normal(4, 1)) * 3600),
    batteryKwh: numbers(({ energyKwh }) => (energyKwh > 10 ? 75 : 30)),
  };
}

const crowd = (count: number, person: Omit<Person, "id">, prefix = "d") =>
  Array.from({ length: count }, (_, i) => ({ ...person, id: `${prefix}${i}` }));

const train = (people: readonly Person[], given: object = {}) =>
  runTrainSessionModel(
    trainSessionModelParams.parse(given),
    { batches: [sessions(people)], rowCount: 1, datasets: ["test"] },
    {
      rng: createRandom("train"),
      signal: new AbortController().signal,
      onProgress: () => undefined,
      log: () => undefined,
    },
  );

const WORK = { segment: "work", startMin: 510, energyKwh: 9, days: 28 };
const HOME = { segment: "residential_l2", startMin: 1380, energyKwh: 20, days: 28 };

it("learns place, time and energy, and the card says from what", async () => {
  const model = sessionModel.parse(await train([...crowd(30, WORK), ...crowd(30, HOME, "h")]));
  const work = model.mixtures.find(({ segment, dayType }) => segment === "work" && dayType === "weekday")!;
  expect(work.components[0]!.mean[0]).toBeCloseTo(510, -1);
  expect(work.components[0]!.mean[1]).toBeCloseTo(9, 0);
  expect(model.card).toMatchObject({ sessionCount: 1680, driverCount: 60, datasets: ["test"] });
  expect(viewSpecs.parse(viewSessionModel(model)).length).toBeGreaterThan(3);
});

it("holds no row: no driver, and nothing that fewer than the group size stand behind", async () => {
  const lonely = { id: "lonely", segment: "fast", startMin: 200, energyKwh: 60, days: 365 };
  const few = crowd(4, { segment: "public_l2", startMin: 700, energyKwh: 5, days: 90 }, "few");
  const model = await train([...crowd(30, WORK), lonely, ...few]);
  expect(model.mixtures.map(({ segment }) => segment)).toEqual(["work", "work"]);
  expect(model.card.notes.join()).toContain("1 drivers are fewer than 10");
  expect(JSON.stringify(model)).not.toMatch(/lonely|few0|d0/);
});

it("leaves out a habit of one person within a crowd", async () => {
  const odd = { id: "odd", segment: "work", startMin: 120, energyKwh: 40, days: 365 };
  const { mixtures } = await train([...crowd(60, WORK), odd]);
  for (const { components } of mixtures) for (const { mean } of components) expect(mean[1]).toBeLessThan(20);
});

it("finds groups of drivers and how often each charges where", async () => {
  const { groups } = await train([...crowd(40, WORK), ...crowd(20, { ...HOME, days: 14 }, "h")], {
    driverSessionsMin: 10,
  });
  expect(groups).toHaveLength(2);
  expect(groups.map(({ driverCount }) => driverCount).toSorted((a, b) => a - b)).toEqual([20, 40]);
  expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  const work = groups.find(({ uses }) => uses.some(({ segment }) => segment === "work"))!;
  expect(work.uses.find(({ dayType }) => dayType === "weekday")!.sessionsPerDay).toBeCloseTo(1, 6);
});

it("does not tell where a few of a group charge besides", async () => {
  const fast = crowd(3, { segment: "fast", startMin: 700, energyKwh: 8, days: 20 });
  const { groups } = await train([...crowd(40, WORK), ...fast]);
  expect(groups.length).toBeGreaterThan(0);
  expect(groups.flatMap(({ uses }) => uses.map(({ segment }) => segment))).not.toContain("fast");
});

it("tells batteries apart and keeps the time plugged in where that is asked for", async () => {
  const people = [...crowd(30, WORK), ...crowd(30, { ...WORK, energyKwh: 25 }, "big")];
  const model = await train(people, { byBattery: true, withPlugDuration: true });
  const mean = (batteryClass: string) =>
    model.mixtures.find((one) => one.batteryClass === batteryClass)!.components[0]!.mean;
  expect(mean("small")[1]).toBeCloseTo(9, 0);
  expect(mean("big")[1]).toBeCloseTo(25, 0);
  expect(mean("all")).toHaveLength(3);
  expect(mean("small")[2]).toBeCloseTo(4, 0);
});

it("says what is missing when there is nothing to learn from", async () => {
  await expect(train(crowd(2, WORK))).rejects.toThrow("No segment has 100 sessions of 10 drivers");
  await expect(train([])).rejects.toThrow("No segment");
});

it("is the same model for the same seed, without drivers too", async () => {
  const people = crowd(30, WORK).map((person) => ({ ...person, id: null }));
  const model = await train(people);
  expect(model.groups).toEqual([]);
  expect(JSON.stringify(await train(people))).toBe(JSON.stringify(model));
});
