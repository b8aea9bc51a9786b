import { expect, it } from "vitest";
import { classNames } from "./class-names.ts";
import { countOf, joinList, shortHash } from "./lists.ts";

it("joins words as a sentence does", () => {
  expect(joinList([])).toBe("");
  expect(joinList(["a"])).toBe("a");
  expect(joinList(["a", "b"])).toBe("a and b");
  expect(joinList(["a", "b", "c"])).toBe("a, b and c");
  expect(joinList(["a", "b", "c", "d", "e"], 2)).toBe("a, b and 3 more");
});

it("counts nouns in singular and plural", () => {
  expect(countOf(1, "row")).toBe("1 row");
  expect(countOf(1204, "row")).toBe("1,204 rows");
  expect(countOf(0, "category", "categories")).toBe("0 categories");
});

it("shortens long identifiers only", () => {
  expect(shortHash("51b0a7e4ffffff9d")).toBe("51b0…9d");
  expect(shortHash("8f3k")).toBe("8f3k");
});

it("leaves out absent class names", () => expect(classNames("a", false, undefined, "b")).toBe("a b"));
