import { expect, test } from "vitest";
import { toSlug } from "./slug.ts";

test.each([
  ["Cascadia Field Lab", "cascadia-field-lab"],
  ["  Zürich / Süd 2 ", "zurich-sud-2"],
  ["東京", "workspace"],
  ["a".repeat(60), "a".repeat(40)],
  [`${"a".repeat(39)} b`, "a".repeat(39)],
])("%s becomes %s", (name, slug) => {
  expect(toSlug(name)).toBe(slug);
});
