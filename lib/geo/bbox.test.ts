import { describe, expect, it } from "vitest";
import { bboxCenter, bboxContains, bboxOf, bboxWidth, formatBbox, parseBbox, splitBbox } from "./bbox.ts";

describe("parseBbox", () => {
  it("reads west,south,east,north and writes it back", () => {
    const box = parseBbox("-123.4, 46.9,-121.5,48.2");
    expect(box).toEqual({ west: -123.4, south: 46.9, east: -121.5, north: 48.2 });
    expect(formatBbox(box)).toBe("-123.4,46.9,-121.5,48.2");
  });

  it("wraps what a panned map sends", () => {
    expect(parseBbox("170,-20,190,20")).toEqual({ west: 170, south: -20, east: -170, north: 20 });
    expect(parseBbox("-200,-20,-180,20")).toEqual({ west: 160, south: -20, east: 180, north: 20 });
    expect(parseBbox("-300,-60,200,60")).toEqual({ west: -180, south: -60, east: 180, north: 60 });
  });

  it("keeps boxes that touch ±180 as they are", () => {
    expect(parseBbox("-180,-90,180,90")).toEqual({ west: -180, south: -90, east: 180, north: 90 });
    expect(parseBbox("-180,0,-170,1")).toEqual({ west: -180, south: 0, east: -170, north: 1 });
  });

  it.each(["", "1,2,3", "1,2,3,x", "1,,3,4", "0,50,1,40", "0,-91,1,0", "1,2,3,4,5", "9999,0,1,1"])(
    "refuses %j",
    (text) => {
      expect(() => parseBbox(text)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    },
  );
});

describe("boxes across the antimeridian", () => {
  const fiji = parseBbox("176,-20,-178,-12");

  it("contain both sides and nothing else", () => {
    expect(bboxContains(fiji, { lat: -17, lon: 178 })).toBe(true);
    expect(bboxContains(fiji, { lat: -17, lon: -179 })).toBe(true);
    expect(bboxContains(fiji, { lat: -17, lon: 0.1 })).toBe(false);
    expect(bboxContains(fiji, { lat: -21, lon: 178 })).toBe(false);
  });

  it("split into two ranges of the same width", () => {
    const halves = splitBbox(fiji);
    expect(halves).toHaveLength(2);
    expect(halves.reduce((sum, half) => sum + bboxWidth(half), 0)).toBe(bboxWidth(fiji));
    expect(bboxCenter(fiji)).toEqual({ lat: -16, lon: 179 });
  });
});

describe("bboxOf", () => {
  it("is the smallest box, also across the antimeridian", () => {
    expect(
      bboxOf([
        { lat: 1, lon: 179 },
        { lat: -3, lon: -178 },
      ]),
    ).toEqual({ west: 179, south: -3, east: -178, north: 1 });
    expect(
      bboxOf([
        { lat: 48, lon: 7 },
        { lat: 47, lon: 8 },
      ]),
    ).toEqual({ west: 7, south: 47, east: 8, north: 48 });
  });

  it("ignores sensors without a position and is null when none is left", () => {
    expect(
      bboxOf([
        { lat: 0, lon: 0 },
        { lat: 48, lon: 7 },
      ]),
    ).toEqual({ west: 7, south: 48, east: 7, north: 48 });
    expect(bboxOf([{ lat: 0, lon: 0 }])).toBeNull();
  });
});
