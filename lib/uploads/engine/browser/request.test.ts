import { expect, it } from "vitest";
import { parseRetryAfter } from "./request.ts";

it("reads Retry-After in seconds and as a date", () => {
  const nowMs = Date.parse("2026-11-18T14:00:00Z");
  expect(parseRetryAfter("20", nowMs)).toBe(20_000);
  expect(parseRetryAfter("Wed, 18 Nov 2026 14:00:30 GMT", nowMs)).toBe(30_000);
  expect(parseRetryAfter("Wed, 18 Nov 2026 13:00:00 GMT", nowMs)).toBe(0);
  for (const unreadable of [null, "", "soon"]) expect(parseRetryAfter(unreadable, nowMs)).toBeNull();
});
