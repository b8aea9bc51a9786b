import { describe, expect, it } from "vitest";
import { chartKeyAction } from "./series-keyboard.ts";

const state = { instants: Array.from({ length: 101 }, (_, i) => i * 10), index: 50, range: { fromMs: 0, toMs: 1000 } };
const press = (key: string, isShift = false, more: Partial<typeof state> = {}) =>
  chartKeyAction(key, isShift, { ...state, ...more });

describe("chartKeyAction", () => {
  it("moves point by point, ten by ten, by a tenth, and never past the ends", () => {
    expect(press("ArrowRight")).toEqual({ kind: "move", index: 51 });
    expect(press("ArrowLeft", true)).toEqual({ kind: "move", index: 40 });
    expect(press("PageDown")).toEqual({ kind: "move", index: 60 });
    expect(press("End")).toEqual({ kind: "move", index: 100 });
    expect(press("ArrowRight", true, { index: 98 })).toEqual({ kind: "move", index: 100 });
  });

  it("starts at the near end when nothing is read yet", () => {
    expect(press("ArrowRight", false, { index: -1 })).toEqual({ kind: "move", index: 0 });
    expect(press("ArrowLeft", false, { index: -1 })).toEqual({ kind: "move", index: 100 });
  });

  it("zooms about the point that is read", () => {
    expect(press("+", false, { index: 20 })).toEqual({ kind: "zoom", range: { fromMs: 100, toMs: 600 } });
    expect(press("0")).toEqual({ kind: "reset" });
  });

  it("leaves the page its own keys", () => {
    expect(press("Tab")).toBeNull();
    expect(press("c")).toBeNull();
    expect(press("Escape", false, { index: -1 })).toBeNull();
    expect(press("ArrowRight", false, { instants: [] })).toBeNull();
  });
});
