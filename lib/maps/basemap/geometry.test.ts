import { describe, expect, it } from "vitest";
import { clipLine, clipRing, rectOf } from "./clip.ts";
import { labelPlace } from "./label-place.ts";
import { NearLines } from "./near-lines.ts";
import { simplifyLine, simplifyRing } from "./simplify.ts";
import { smoothLine, smoothRing } from "./smooth.ts";

const unit = { minX: 0, minY: 0, maxX: 1, maxY: 1 };

function area(ring: number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += (ring[i] ?? 0) * (ring[j + 1] ?? 0) - (ring[j] ?? 0) * (ring[i + 1] ?? 0);
  }
  return Math.abs(sum / 2);
}

describe("clipRing", () => {
  it("keeps the part inside", () => {
    expect(area(clipRing([-1, 0.25, 2, 0.25, 2, 0.75, -1, 0.75], unit))).toBeCloseTo(0.5, 12);
  });

  it("returns the whole rectangle for a ring around it and nothing for one beside it", () => {
    expect(area(clipRing([-9, -9, 9, -9, 9, 9, -9, 9], unit))).toBeCloseTo(1, 12);
    expect(clipRing([2, 2, 3, 2, 3, 3], unit)).toEqual([]);
  });

  it("keeps the area of a concave ring that is cut into two parts", () => {
    const comb = [0.1, -1, 0.3, -1, 0.3, 0.5, 0.6, 0.5, 0.6, -1, 0.9, -1, 0.9, 0.8, 0.1, 0.8];
    expect(area(clipRing(comb, unit))).toBeCloseTo(0.8 * 0.8 - 0.3 * 0.5, 12);
  });
});

describe("clipLine", () => {
  it("cuts a line into the pieces that are inside", () => {
    expect(clipLine([-1, 0.5, 0.5, 0.5, 0.5, 2, 0.75, 2, 0.75, 0.5], unit)).toEqual([
      [0, 0.5, 0.5, 0.5, 0.5, 1],
      [0.75, 1, 0.75, 0.5],
    ]);
  });

  it("returns a line that is inside unchanged and none for one outside", () => {
    expect(clipLine([0.1, 0.1, 0.2, 0.3, 0.4, 0.4], unit)).toEqual([[0.1, 0.1, 0.2, 0.3, 0.4, 0.4]]);
    expect(clipLine([2, 2, 3, 3], unit)).toEqual([]);
  });
});

describe("smoothing", () => {
  it("keeps the ends of a line and cuts its corners", () => {
    expect(smoothLine([0, 0, 4, 0, 4, 4], 1)).toEqual([0, 0, 3, 0, 4, 1, 4, 4]);
    expect(smoothLine([0, 0, 1, 1], 2)).toEqual([0, 0, 1, 1]);
  });

  it("leaves corners on the clip rectangle, so that neighbouring pieces still meet", () => {
    const ring = [0, 0, 1, 0, 1, 1, 0.5, 0.5, 0, 1];
    const smoothed = smoothRing(ring, unit, 2);
    expect(smoothed.slice(0, 6)).toEqual([0, 0, 1, 0, 1, 1]);
    expect(smoothed.length).toBeGreaterThan(ring.length);
    expect(rectOf(smoothed)).toEqual(unit);
  });

  it("draws a coast line and the land beside it through the same points", () => {
    const far = { minX: -9, minY: -9, maxX: 9, maxY: 9 };
    const ring = smoothRing([0, 0, 2, 0, 2, 2, 0, 2], far, 1);
    const line = smoothLine([0, 0, 2, 0, 2, 2, 0, 2, 0, 0], 1);
    expect(line.slice(2, -2).join()).toContain([1.5, 0, 2, 0.5].join());
    expect(ring.join()).toContain([1.5, 0, 2, 0.5].join());
  });
});

describe("simplification", () => {
  it("drops only points within the tolerance", () => {
    expect(simplifyLine([0, 0, 1, 0.01, 2, 0, 3, 1], 0.1)).toEqual([0, 0, 2, 0, 3, 1]);
  });

  it("turns a ring smaller than the tolerance into nothing", () => {
    expect(simplifyRing([0, 0, 0.1, 0, 0.1, 0.1], 1)).toEqual([]);
    expect(simplifyRing([0, 0, 5, 0, 10, 0, 10, 10, 0, 10], 0.5)).toEqual([0, 0, 10, 0, 10, 10, 0, 10]);
  });
});

describe("labelPlace", () => {
  it("lies inside a ring that is bent around its own middle", () => {
    const horseshoe = [0, 0, 10, 0, 10, 10, 8, 10, 8, 2, 2, 2, 2, 10, 0, 10];
    const place = labelPlace(horseshoe);
    expect(place?.clearance).toBeCloseTo(1, 0);
    expect(place && (place.x < 2 || place.x > 8 || place.y < 2)).toBe(true);
  });

  it("is nowhere in a ring without area", () => {
    expect(labelPlace([0, 0, 1, 1])).toBeNull();
  });
});

describe("NearLines", () => {
  it("removes only the stretch that runs along the given line", () => {
    const near = new NearLines([[0, 0, 1, 0]], 0.1);
    expect(near.remove([[0.2, 0.05, 0.8, 0.05, 0.8, 2, 0.8, 4]])).toEqual([[0.8, 0.05, 0.8, 2, 0.8, 4]]);
  });
});
