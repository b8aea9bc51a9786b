import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { Sha256 } from "./sha256.ts";

it("equals the platform's SHA-256 for every block boundary, in one piece or several", () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 127, 128, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    const hash = new Sha256();
    const cut = Math.floor(length / 3);
    hash.update(bytes.subarray(0, cut));
    hash.update(bytes.subarray(cut));
    expect(Buffer.from(hash.digest()).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});
