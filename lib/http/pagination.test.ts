import { describe, expect, it } from "vitest";
import { AppError } from "#lib/errors";
import { decodeCursor, encodeCursor, toPage } from "./pagination.ts";

describe("cursors", () => {
  it("come back as they went", () => {
    expect(decodeCursor(encodeCursor(["Grün, 3", "x"]), 2)).toEqual(["Grün, 3", "x"]);
  });

  it.each(["", "x", "e30", encodeCursor(["one"])])("refuse %j with one clear error", (cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(AppError);
  });
});

describe("toPage", () => {
  it("says there is more only when a row too many was read", () => {
    const cursorOf = (row: number) => [String(row)];
    expect(toPage([1, 2, 3], 2, cursorOf)).toEqual({ items: [1, 2], nextCursor: encodeCursor(["2"]) });
    expect(toPage([1, 2], 2, cursorOf).nextCursor).toBeNull();
    expect(toPage([], 2, cursorOf)).toEqual({ items: [], nextCursor: null });
  });
});
