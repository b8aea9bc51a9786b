import { expect, test } from "vitest";
import { composeLetters, LETTERS_PER_DAY_MAX, type AlertEvent } from "./compose-letters.ts";

const now = new Date("2026-11-01T10:00:00Z");
const coordinator = { userId: "coordinator", hearsAll: true, toldCount: 0 };

function events(count: number, change: Partial<AlertEvent> = {}): AlertEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    alertId: `a${i}`,
    sensorId: `s${i}`,
    sensorCode: `KIT-${i}`,
    ownerUserId: null,
    condition: "silent" as const,
    phase: "began" as const,
    reason: "Nothing received for 2 h.",
    ...change,
  }));
}

test("few sensors get a letter each, with the reason and the way to the sensor", () => {
  const [letter, ...others] = composeLetters(coordinator, events(2), now);
  expect(others).toHaveLength(1);
  expect(letter).toMatchObject({
    kind: "sensor_silent",
    title: "KIT-0 is silent",
    body: "Nothing received for 2 h.",
    link: "/sensors/s0",
  });
});

test("many sensors in the same condition at once share one letter", () => {
  const letters = composeLetters(coordinator, events(47), now);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ title: "47 sensors are silent", link: "/sensors/alerts?condition=silent" });
  expect(letters[0]!.body).toMatch(/ and 27 more$/);
});

test("conditions and phases are told apart", () => {
  const mixed = [...events(5), ...events(5, { condition: "fault" }), ...events(5, { phase: "ended" })];
  expect(composeLetters(coordinator, mixed, now).map(({ title }) => title)).toEqual([
    "5 sensors are silent",
    "5 sensors have a fault",
    "5 sensors report again",
  ]);
});

test("an owner hears of the own sensors only", () => {
  const owner = { userId: "owner", hearsAll: false, toldCount: 0 };
  const both = [...events(1, { ownerUserId: "owner" }), ...events(1, { sensorCode: "OTHER" })];
  expect(composeLetters(owner, both, now).map(({ title }) => title)).toEqual(["KIT-0 is silent"]);
});

test("beyond the limit of the day there is one line, the same all day", () => {
  const told = { ...coordinator, toldCount: LETTERS_PER_DAY_MAX - 1 };
  const letters = composeLetters(told, events(3), now);
  expect(letters.map(({ title }) => title)).toEqual(["KIT-0 is silent", "More sensor alerts than fit in a day"]);
  const later = composeLetters({ ...told, toldCount: 99 }, events(1), new Date("2026-11-01T23:00:00Z"));
  expect(later.map(({ dedupeKey }) => dedupeKey)).toEqual([letters[1]!.dedupeKey]);
});
