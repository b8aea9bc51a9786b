import { expect, it } from "vitest";
import { formatByteRate, formatBytes } from "./bytes.ts";

it("shows sizes with about three digits in decimal units", () => {
  const sizes = [0, 512, 18_000, 999_600, 6_100_000, 94_000_000, 412_000_000, 1_840_000_000, 18_400_000_000];
  expect(sizes.map(formatBytes)).toEqual([
    "0 B",
    "512 B",
    "18 KB",
    "1.0 MB",
    "6.1 MB",
    "94 MB",
    "412 MB",
    "1.84 GB",
    "18.4 GB",
  ]);
  expect(formatBytes(5_000_000_000_000n)).toBe("5.00 TB");
});

it("shows a dash for an unknown size", () => {
  expect(formatBytes(null)).toBe("–");
  expect(formatBytes(NaN)).toBe("–");
  expect(formatByteRate(undefined)).toBe("–");
});

it("shows transfer rates per second", () => {
  expect(formatByteRate(18_400_000)).toBe("18.4 MB/s");
  expect(formatByteRate(820_000)).toBe("820 KB/s");
});
