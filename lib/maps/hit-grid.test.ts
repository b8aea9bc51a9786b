import { describe, expect, it } from "vitest";
import { buildHitGrid } from "./hit-grid.ts";

const mark = (index: number, xPx: number, yPx: number, radiusPx = 6) => ({ index, xPx, yPx, radiusPx });

describe("buildHitGrid", () => {
  it("finds a mark under the pointer and near it, across cell borders", () => {
    const grid = buildHitGrid([mark(0, 63, 10), mark(1, 300, -40)]);
    expect(grid.find(66, 12, 3)?.index).toBe(0);
    expect(grid.find(72, 10, 3)?.index).toBe(0);
    expect(grid.find(73, 10, 3)).toBeNull();
    expect(grid.find(300, -38, 0)?.index).toBe(1);
  });

  it("prefers the topmost of overlapping marks and else the nearest", () => {
    const grid = buildHitGrid([mark(0, 100, 100), mark(1, 104, 100), mark(2, 125, 100)]);
    expect(grid.find(102, 100, 3)?.index).toBe(1);
    expect(grid.find(116, 100, 14)?.index).toBe(2);
  });

  it("finds the topmost also when the marks lie in different cells", () => {
    const grid = buildHitGrid([mark(7, 66, 10, 8), mark(3, 62, 10, 8)]);
    expect(grid.find(64, 10, 0)?.index).toBe(3);
  });

  it("finds nothing among no marks", () => {
    expect(buildHitGrid([]).find(0, 0, 20)).toBeNull();
  });
});
