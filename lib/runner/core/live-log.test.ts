import { expect, it } from "vitest";
import { FloodGate } from "./live-log.ts";

function flood(durationS: number, linesPerS: number) {
  let nowMs = 0;
  const gate = new FloodGate(() => nowMs);
  const told: { atS: number; leftOut: number; lines: string[] }[] = [];
  let number = 0;
  for (; nowMs < durationS * 1000; nowMs += 1000) {
    const lines = Array.from({ length: linesPerS }, () => `line ${number++}`);
    const piece = gate.push(lines);
    if (piece) told.push({ atS: nowMs / 1000, ...piece });
  }
  return { told, rest: gate.end(), count: number };
}

it("tells the newest lines every few seconds, and how many it left out", () => {
  const { told, rest, count } = flood(20, 1000);
  expect(told.length).toBeGreaterThan(5);
  expect(told.every(({ lines }) => lines.length === 20)).toBe(true);
  expect(told.at(-1)?.lines.at(-1)).toMatch(/^line 1\d999$/);
  const all = [...told, ...(rest ? [rest] : [])].reduce((sum, { leftOut, lines }) => sum + leftOut + lines.length, 0);
  expect(all).toBe(count);
});

it("stays within what a run may tell, however long it goes on", () => {
  const { told } = flood(24 * 3600, 5);
  const lines = told.reduce((sum, piece) => sum + piece.lines.length + 1, 0);
  expect(lines).toBeLessThan(5_000 - 200);
  const pauses = told.slice(1).map((piece, index) => piece.atS - (told[index]?.atS ?? 0));
  expect(Math.max(...pauses)).toBeLessThanOrEqual(24 * 3600 * 0.06);
});

it("has nothing more to say when nothing came", () => {
  expect(new FloodGate(() => 0).end()).toBeNull();
});
