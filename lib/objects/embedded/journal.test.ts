import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Journal } from "./journal.ts";

interface Entry {
  key: string;
  value: number;
}

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "fieldport-journal-"));
  file = path.join(dir, "journal.ndjson");
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** A journal of a map: the last value of each key is its state. */
async function open() {
  const state = new Map<string, number>();
  const journal = await Journal.open<Entry, number>({
    path: file,
    parse: (line) => {
      const [key, value] = z.tuple([z.string(), z.number()]).parse(JSON.parse(line));
      return { key, value, toJSON: () => [key, value] };
    },
    apply: ({ key, value }) => {
      state.set(key, value);
      return value;
    },
    snapshot: () => [...state].map(([key, value]) => entry(key, value)),
    liveCount: () => state.size,
  });
  return { journal, state };
}

function entry(key: string, value: number): Entry {
  return Object.assign({ key, value }, { toJSON: () => [key, value] });
}

describe("journal", () => {
  it("what was acknowledged is there after a restart", async () => {
    const first = await open();
    await Promise.all(Array.from({ length: 100 }, (_, index) => first.journal.append(entry(`k${index % 10}`, index))));
    await first.journal.close();
    const second = await open();
    expect(second.state).toEqual(first.state);
    expect(second.state.get("k9")).toBe(99);
    await second.journal.close();
  });

  it.each(['["k",', "\u0000\u0000\u0000", '["k",3]', "{}\n\u0000"])("a torn end %j is cut off", async (torn) => {
    const first = await open();
    await first.journal.append(entry("k", 1));
    await first.journal.close();
    await appendFile(file, torn);
    const second = await open();
    expect(second.state).toEqual(new Map([["k", 1]]));
    expect(second.journal.damagedLines).toBe(0);
    await second.journal.append(entry("k", 2));
    await second.journal.close();
    const third = await open();
    expect(third.state).toEqual(new Map([["k", 2]]));
    await third.journal.close();
  });

  it("damage in the middle is told and costs nothing else", async () => {
    const first = await open();
    await first.journal.append(entry("a", 1));
    await first.journal.close();
    await appendFile(file, 'damaged\n["b",2]\n');
    const second = await open();
    expect([second.journal.damagedLines, [...second.state]]).toEqual([
      1,
      [
        ["a", 1],
        ["b", 2],
      ],
    ]);
    await second.journal.close();
  });

  it("history is dropped when it outweighs the present", async () => {
    const first = await open();
    const appends = Array.from({ length: 5000 }, (_, index) => first.journal.append(entry(`k${index % 7}`, index)));
    await Promise.all(appends);
    await first.journal.close();
    const before = await stat(file);
    const second = await open();
    expect((await stat(file)).size).toBeLessThan(before.size / 100);
    await second.journal.append(entry("new", 1));
    await second.journal.close();
    expect((await readFile(file, "utf8")).trimEnd().split("\n")).toHaveLength(8);
    const third = await open();
    expect(third.state).toEqual(new Map([...first.state, ["new", 1]]));
    await third.journal.close();
  });

  it("a journal grows no further than a rewrite while it runs", async () => {
    const { journal } = await open();
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(Array.from({ length: 2000 }, (_, index) => journal.append(entry("k", index))));
    }
    await journal.close();
    expect((await readFile(file, "utf8")).trimEnd().split("\n").length).toBeLessThan(12_001);
    expect((await open()).state).toEqual(new Map([["k", 1999]]));
  });
});
