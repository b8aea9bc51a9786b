import { describe, expect, it } from "vitest";
import { settleEdges } from "./settle-edges.ts";

/** Ten hours of light a day, from 7 to 17. */
const isLit = Uint8Array.from({ length: 72 }, (_, hour) => (hour % 24 >= 7 && hour % 24 < 17 ? 1 : 0));

describe("settleEdges", () => {
  it("leaves edges within the light where they are", () => {
    expect(settleEdges({ start: 10, end: 34 }, isLit)).toEqual({ start: 10, end: 34 });
  });

  it("moves edges in or beside the dark to its middle", () => {
    for (const start of [17, 20, 31])
      expect(settleEdges({ start, end: 34 }, isLit), `from ${start}`).toEqual({ start: 24, end: 34 });
    for (const end of [41, 50, 55])
      expect(settleEdges({ start: 10, end }, isLit), `to ${end}`).toEqual({ start: 10, end: 48 });
  });

  it("does not end a fault before the record, and leaves spans without light alone", () => {
    expect(settleEdges({ start: 7, end: 65 }, isLit)).toEqual({ start: 0, end: 72 });
    expect(settleEdges({ start: 18, end: 30 }, isLit)).toEqual({ start: 18, end: 30 });
  });
});
