import { describe, expect, it } from "vitest";
import type { ListPosition } from "./listing.ts";
import { listKeys } from "./listing.ts";
import { SortedKeys } from "./sorted-keys.ts";

function sorted(names: readonly string[]): SortedKeys {
  const keys = new SortedKeys();
  for (const name of names) keys.add(name);
  return keys;
}

/** All pages, each as one list of keys and groups. */
function pages(keys: SortedKeys, query: { prefix?: string; delimiter?: string; keysMax: number }): string[][] {
  const found: string[][] = [];
  let after: ListPosition | undefined;
  do {
    const page = listKeys(keys, { prefix: "", delimiter: "", ...query, after });
    found.push([...page.keys, ...page.commonPrefixes]);
    after = page.next;
  } while (after);
  return found;
}

describe("listing keys", () => {
  const keys = sorted(["a", "b/1", "b/2", "b/c/3", "b0", "c/4", "d"]);

  it("a page that is exactly full is the last when nothing follows", () => {
    expect(pages(keys, { keysMax: 7 })).toHaveLength(1);
    expect(pages(keys, { keysMax: 6 })).toEqual([["a", "b/1", "b/2", "b/c/3", "b0", "c/4"], ["d"]]);
  });

  it("a group counts as one and is never listed twice", () => {
    expect(pages(keys, { keysMax: 1, delimiter: "/" })).toEqual([["a"], ["b/"], ["b0"], ["c/"], ["d"]]);
    expect(pages(keys, { keysMax: 10, delimiter: "/", prefix: "b/" })).toEqual([["b/1", "b/2", "b/c/"]]);
    expect(pages(keys, { keysMax: 10, delimiter: "/", prefix: "b" })).toEqual([["b0", "b/"]]);
  });

  it("a delimiter may have several characters", () => {
    expect(pages(sorted(["x--1", "x--2", "x-3"]), { keysMax: 10, delimiter: "--" })).toEqual([["x-3", "x--"]]);
  });

  it("no keys asked for, none given, and no page after it", () => {
    const page = listKeys(keys, { prefix: "", delimiter: "", keysMax: 0, after: undefined });
    expect(page).toEqual({ keys: [], commonPrefixes: [], next: undefined });
  });

  it("groups are skipped, not walked", () => {
    const many = sorted(Array.from({ length: 20_000 }, (_, index) => `${index % 2}/${index}`));
    let steps = 0;
    const counting = Object.assign(Object.create(many) as SortedKeys, {
      *from(isReached: (key: string) => boolean) {
        for (const key of many.from(isReached)) {
          steps += 1;
          yield key;
        }
      },
    });
    expect(listKeys(counting, { prefix: "", delimiter: "/", keysMax: 10, after: undefined }).commonPrefixes).toEqual([
      "0/",
      "1/",
    ]);
    expect(steps).toBe(2);
  });
});
