import { describe, expect, it } from "vitest";
import { flagMarks, flagsAt, isSparse } from "./flags.ts";
import type { ChartFlag } from "./spec.ts";

const flag = (startAt: number, endAt: number, level: ChartFlag["flag"], check: string): ChartFlag => ({
  startAt,
  endAt,
  flag: level,
  check,
  reason: "",
});
const scale = { fromMs: 0, toMs: 1000, widthPx: 100 };

describe("flagMarks", () => {
  it("cuts flags to the range and drops those outside", () => {
    const marks = flagMarks([flag(-50, 200, 4, "drift"), flag(2000, 3000, 3, "step")], scale);
    expect(marks).toMatchObject([{ check: "drift", leftPx: 0, rightPx: 20, count: 1 }]);
  });

  it("joins neighbours of one check that touch on the screen, others never", () => {
    const many = Array.from({ length: 50 }, (_, i) => flag(i * 10, i * 10 + 1, 3, "spike"));
    expect(flagMarks([...many, flag(5, 6, 4, "spike")], scale)).toMatchObject([
      { flag: 3, leftPx: 0, count: 50, endAt: 491, flaggedMs: 50 },
      { flag: 4, count: 1 },
    ]);
  });

  it("tells many short flags with good time between them from one long one", () => {
    const many = Array.from({ length: 50 }, (_, i) => flag(i * 10, i * 10 + 1, 3, "spike"));
    const sparse = flagMarks(many, scale);
    const dense = flagMarks([flag(0, 100, 3, "stuck"), flag(100, 200, 3, "stuck")], scale);
    expect([...sparse, ...dense].map(isSparse)).toEqual([true, false]);
  });

  it("puts the worst last, so that it is drawn on top", () => {
    const marks = flagMarks(
      [flag(0, 900, 4, "a"), flag(0, 900, 9, "b"), flag(0, 900, 2, "c"), flag(0, 900, 3, "d")],
      scale,
    );
    expect(marks.map((mark) => mark.flag)).toEqual([2, 9, 3, 4]);
  });
});

it("finds the flags at an instant, the worst first", () => {
  const flags = [flag(0, 10, 3, "a"), flag(5, 20, 4, "b"), flag(30, 40, 9, "c")];
  expect(flagsAt(flags, 7).map(({ check }) => check)).toEqual(["b", "a"]);
});
