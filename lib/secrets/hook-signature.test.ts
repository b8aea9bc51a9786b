import { expect, test } from "vitest";
import { isTimely, parseSignature } from "./hook-signature.ts";

const DIGEST = "a".repeat(64);

test("a signature has a time and a digest, and nothing else is one", () => {
  expect(parseSignature(`t=1764288000,v1=${DIGEST}`)).toEqual({ signedAtS: 1764288000, digest: DIGEST });
  for (const header of [null, "", DIGEST, `v1=${DIGEST}`, `t=x,v1=${DIGEST}`, `t=1,v1=${DIGEST}0`, "t=1,v1="]) {
    expect(parseSignature(header), String(header)).toBeNull();
  }
});

test("five minutes to either side are timely", () => {
  const now = new Date(1764288000_000);
  const at = (offsetS: number) => isTimely({ signedAtS: 1764288000 + offsetS, digest: DIGEST }, now);
  expect([at(0), at(-300), at(300), at(-301), at(301)]).toEqual([true, true, true, false, false]);
});
