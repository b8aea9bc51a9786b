import { expect, it } from "vitest";
import { regionTowards } from "./next-region.ts";

const GRID = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => ({ id: `${x}${y}`, x: x + y * 0.1, y })));

it("goes to the neighbour in that direction and stays at the edge", () => {
  expect(regionTowards(GRID, "11", "up")).toBe("10");
  expect(regionTowards(GRID, "11", "down")).toBe("12");
  expect(regionTowards(GRID, "11", "left")).toBe("01");
  expect(regionTowards(GRID, "11", "right")).toBe("21");
  expect(regionTowards(GRID, "00", "up")).toBeNull();
  expect(regionTowards(GRID, "none", "up")).toBeNull();
});

it("reaches every area from every other", () => {
  const reached = new Set(["22"]);
  for (const id of reached) {
    for (const direction of ["up", "down", "left", "right"] as const) {
      const next = regionTowards(GRID, id, direction);
      if (next) reached.add(next);
    }
  }
  expect(reached.size).toBe(GRID.length);
});
