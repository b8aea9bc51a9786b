import { describe, expect, it } from "vitest";
import { LineIndexer, placeBefore } from "./line-index.ts";
import { LineSplitter, lineText } from "./line-splitter.ts";

function indexOf(text: string, chunkBytes: number) {
  const bytes = Buffer.from(text);
  const indexer = new LineIndexer();
  for (let at = 0; at < bytes.length; at += chunkBytes) indexer.push(bytes.subarray(at, at + chunkBytes));
  return indexer.end();
}

describe("the index of a text", () => {
  const lines = Array.from({ length: 30_000 }, (_, number) => `line ${number} of a log`);

  it("knows where lines begin, however the bytes came", () => {
    const text = `${lines.join("\n")}\n`;
    for (const chunkBytes of [997, 65_536, text.length]) {
      const index = indexOf(text, chunkBytes);
      expect(index).toMatchObject({ lineCount: 30_000, sizeBytes: text.length });
      expect(index.places.length).toBeGreaterThan(5);
      for (const { byte, line } of index.places) expect(text.startsWith(`${lines[line]}\n`, byte)).toBe(true);
    }
  });

  it("finds the last place before a line", () => {
    const index = indexOf(lines.join("\n"), 4_096);
    for (const line of [0, 1, 4_000, 29_999]) {
      const place = placeBefore(index, line);
      const next = index.places[index.places.indexOf(place) + 1];
      expect(place.line).toBeLessThanOrEqual(line);
      expect(next?.line ?? Infinity).toBeGreaterThan(line);
    }
  });

  it("counts a last line without an end, and none in an empty text", () => {
    expect(indexOf("a\nb", 1).lineCount).toBe(2);
    expect(indexOf("a\nb\n", 1).lineCount).toBe(2);
    expect(indexOf("\n\n", 1).lineCount).toBe(2);
    expect(indexOf("", 1).lineCount).toBe(0);
  });
});

describe("a text in lines", () => {
  function split(text: string, chunkBytes: number, charsMax = 100): string[] {
    const bytes = Buffer.from(text);
    const splitter = new LineSplitter(charsMax);
    const found: string[] = [];
    const take = (line: Buffer) => found.push(lineText(line, charsMax)) > 0;
    for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes), take);
    splitter.end(take);
    return found;
  }

  it("is the same wherever it was cut, with empty lines and characters of several bytes", () => {
    const text = "a\r\n\nü – 🌡\nlast";
    for (const chunkBytes of [1, 3, 100]) expect(split(text, chunkBytes)).toEqual(["a", "", "ü – 🌡", "last"]);
  });

  it("keeps no more of a line than is shown", () => {
    expect(split(`${"x".repeat(1_000_000)}\nnext`, 65_536, 10)).toEqual([`${"x".repeat(10)}…`, "next"]);
  });

  it("stops where it is told to", () => {
    const seen: string[] = [];
    const isOpen = new LineSplitter(10).push(Buffer.from("a\nb\nc\n"), (line) => seen.push(line.toString()) < 2);
    expect([isOpen, seen]).toEqual([false, ["a", "b"]]);
  });
});
