import { describe, expect, it } from "vitest";
import { MemoryRecorder } from "./memory-series.ts";

describe("MemoryRecorder", () => {
  it("keeps the peak of each second and says where nothing was measured", () => {
    const memory = new MemoryRecorder(1000);
    memory.add(10e6, 1000);
    memory.add(30e6, 1400);
    memory.add(20e6, 3100);
    expect(memory.series()).toEqual({ stepS: 1, peaksMb: [30, null, 20] });
  });

  it("stays bounded over eight hours and loses no peak", () => {
    const memory = new MemoryRecorder(0);
    for (let second = 0; second < 8 * 3600; second += 1) memory.add(second === 7777 ? 900e6 : 100e6, second * 1000);
    const { stepS, peaksMb } = memory.series();
    expect(peaksMb.length).toBeLessThanOrEqual(120);
    expect(stepS * peaksMb.length).toBeGreaterThanOrEqual(8 * 3600);
    expect(peaksMb.indexOf(900)).toBe(Math.floor(7777 / stepS));
  });
});
