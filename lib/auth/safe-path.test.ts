import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  ["/sensors?q=pm25&state=fault#map", "/sensors?q=pm25&state=fault#map"],
  ["/", "/"],
  [null, "/"],
  ["", "/"],
  ["sensors", "/"],
  ["https://evil.example/", "/"],
  ["//evil.example/", "/"],
  ["/\\evil.example/", "/"],
  ["/\t/evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/sign-in", "/"],
  ["/api/auth/signout", "/"],
])("after signing in %s leads to %s", (next, path) => {
  expect(safePath(next)).toBe(path);
});
