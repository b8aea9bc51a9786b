import { describe, expect, it } from "vitest";
import { planParts } from "./part-size.ts";
import { MAX_PARTS, SINGLE_PUT_BYTES } from "./schema.ts";

const GIB = 1024 ** 3;

describe("planParts", () => {
  it("sends small files in one request", () => {
    expect(planParts(1)).toEqual({ method: "put", partSizeBytes: 1, partCount: 1 });
    expect(planParts(SINGLE_PUT_BYTES).method).toBe("put");
    expect(planParts(SINGLE_PUT_BYTES + 1).method).toBe("multipart");
  });

  it.each([SINGLE_PUT_BYTES + 1, GIB, 10 * GIB, 80 * GIB + 1, 4000 * GIB])(
    "stays within storage's limits for %i bytes",
    (size) => {
      const { partSizeBytes, partCount } = planParts(size);
      expect(partCount).toBeLessThanOrEqual(MAX_PARTS);
      expect(partSizeBytes).toBeGreaterThanOrEqual(5 * 1024 * 1024);
      expect(partSizeBytes * partCount).toBeGreaterThanOrEqual(size);
      expect(partSizeBytes * (partCount - 1)).toBeLessThan(size);
    },
  );
});
