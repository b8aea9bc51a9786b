import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { chooseSessions, tableOfLines } from "./session-table.ts";

const rng = createRandom("choice");
const all = { choice: "all", drawCount: 1, rng } as const;

describe("sessions of a table", () => {
  it("may charge in every quarter hour they touch", () => {
    const { sessions } = chooseSessions(tableOfLines(["08:10 09:31 5 7.2", "22:00 06:00 10", "08:15 08:30 1 3"]), all);
    expect([...sessions.arrivalSlot]).toEqual([32, 88, 33]);
    expect([...sessions.departureSlot]).toEqual([39, 24, 34]);
    expect([...sessions.powerKwMax]).toEqual([7.2, 6.6, 3]);
  });

  it("of the busiest day are those of the day with the most energy", () => {
    const table = {
      ...tableOfLines(["08:00 09:00 5 7", "10:00 11:00 2 7", "12:00 13:00 2 7"]),
      day: Float64Array.of(1, 2, 2),
    };
    const chosen = chooseSessions(table, { ...all, choice: "busiest-day" });
    expect([...chosen.rows]).toEqual([0]);
    expect(chosen.notes).toEqual(["The day with the most energy: 1 of 3 sessions."]);
  });

  it("without dates are all of them", () => {
    const table = tableOfLines(["08:00 09:00 5 7", "10:00 11:00 2 7"]);
    expect([...chooseSessions(table, { ...all, choice: "busiest-day" }).rows]).toEqual([0, 1]);
  });

  it("are drawn with repeats, the same for the same seed", () => {
    const table = tableOfLines(["08:00 09:00 5 7", "10:00 11:00 2 7"]);
    const draw = () => [...chooseSessions(table, { choice: "draw", drawCount: 20, rng: createRandom("d") }).rows];
    expect(draw()).toHaveLength(20);
    expect(draw()).toEqual(draw());
  });

  it("without start, stay or energy are left out and counted, and none at all is refused", () => {
    const table = { ...tableOfLines(["08:00 09:00 5 7", "10:00 11:00 2 7"]), energyKwh: Float64Array.of(NaN, 2) };
    const chosen = chooseSessions(table, all);
    expect([...chosen.rows]).toEqual([1]);
    expect(chosen.notes).toEqual(["1 rows without a start, a stay or energy are left out."]);
    expect(() => chooseSessions({ ...table, energyKwh: Float64Array.of(0, 0) }, all)).toThrow("no row");
  });
});
