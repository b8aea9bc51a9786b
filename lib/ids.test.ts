import { describe, expect, it } from "vitest";
import { canonicalJson, newId, newToken } from "./ids.ts";

describe("ids", () => {
  it("sorts in the order of creation, also within one millisecond", () => {
    const ids = Array.from({ length: 10_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is a UUID of version 7", () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("makes tokens that are safe in a URL", () => {
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe("canonicalJson", () => {
  it("gives equal text for equal values whatever the order of their members", () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [1, { c: 2, d: 1 }] }));
  });

  it("keeps the order of lists, because there it means something", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});
