import { describe, expect, it } from "vitest";
import { SortedKeys, compareKeys } from "./sorted-keys.ts";

function all(keys: SortedKeys): string[] {
  return [...keys.from(() => true)];
}

describe("sorted keys", () => {
  it("the order is that of UTF-8 bytes", () => {
    const words = ["", "a", "aa", "a\u0000", "b", "é", "\u{1f321}", "\u{1f321}a", "\ue000", "\uffee", "\ud7ff", "ab"];
    const byBytes = words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(words.toSorted(compareKeys)).toEqual(byBytes);
  });

  it("keys stay in order whatever the order of adding and deleting", () => {
    const keys = new SortedKeys();
    const names = Array.from({ length: 5000 }, (_, index) => `k${(index * 7919) % 5000}`);
    for (const name of names) keys.add(name);
    expect(all(keys)).toEqual(names.toSorted(compareKeys));
    for (const name of names.slice(0, 4000)) keys.delete(name);
    keys.delete("not there");
    expect(all(keys)).toEqual(names.slice(4000).toSorted(compareKeys));
    for (const name of names) keys.delete(name);
    expect(all(keys)).toEqual([]);
    keys.add("again");
    expect(all(keys)).toEqual(["again"]);
  });
});
