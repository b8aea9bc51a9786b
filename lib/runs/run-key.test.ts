import { describe, expect, it } from "vitest";
import { runKeyOf, type RunIdentity } from "./run-key.ts";

const identity: RunIdentity = { algorithm: "a", version: 1, params: { x: 1, y: 2 }, inputHashes: ["h"] };

describe("runKeyOf", () => {
  it("is the same for the same computation, however its parameters are ordered", () => {
    expect(runKeyOf({ ...identity, params: { y: 2, x: 1 } })).toBe(runKeyOf(identity));
  });

  it.each<[string, Partial<RunIdentity>]>([
    ["algorithm", { algorithm: "b" }],
    ["version", { version: 2 }],
    ["parameter", { params: { x: 1, y: 3 } }],
    ["input byte", { inputHashes: ["i"] }],
    ["wish to compute again", { nonce: "n" }],
  ])("changes with the %s", (_what, change) => {
    expect(runKeyOf({ ...identity, ...change })).not.toBe(runKeyOf(identity));
  });
});
