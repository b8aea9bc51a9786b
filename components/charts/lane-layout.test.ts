import { describe, expect, it } from "vitest";
import { flagMarks } from "#lib/charts/flags";
import type { ChartFlag } from "#lib/charts/spec";
import { laneItems } from "./lane-layout.ts";

const scale = { fromMs: 0, toMs: 1000, widthPx: 1000 };
const flag = (startAt: number, endAt: number, check: string): ChartFlag => ({
  startAt,
  endAt,
  flag: 4,
  check,
  reason: "",
});
const lane = (...flags: ChartFlag[]) => laneItems(flagMarks(flags, scale, 10), scale.widthPx);

describe("laneItems", () => {
  it("writes inside a wide span and beside a narrow one", () => {
    const [spike, drift] = lane(flag(100, 100, "spike"), flag(400, 900, "drift"));
    expect(spike).toMatchObject({ isBox: false, isTextInside: false, textX: 109 });
    expect(drift).toMatchObject({ isBox: true, isTextInside: true, text: "drift, flag 4" });
  });

  it("leaves words out rather than writing over a neighbour", () => {
    const [first, second] = lane(flag(100, 100, "spike"), flag(130, 130, "spike"));
    expect(first?.textX).toBeNull();
    expect(second?.textX).not.toBeNull();
    expect(lane(flag(990, 990, "spike"))[0]?.textX).toBeNull();
    expect(lane(flag(400, 900, "drift"), flag(440, 440, "spike"))[0]?.textX).toBeNull();
  });

  it("says how many short flags one mark stands for", () => {
    expect(lane(flag(100, 101, "spike"), flag(103, 104, "spike"))[0]?.text).toBe("spike × 2");
  });
});
