import { expect, test } from "vitest";
import { createRandom } from "#lib/math/random";
import { planFiles, readExpected } from "./plan-files.ts";

const plan = () => planFiles(createRandom("round 1"), 600);

test("equal seeds give equal files, two of them with the same bytes", () => {
  const hashes = plan().map((file) => file.sha256);
  expect(plan().map((file) => file.sha256)).toEqual(hashes);
  expect(new Set(hashes).size).toBe(hashes.length - 1);
});

test("the expected observations are the union of overlapping files", () => {
  const files = plan().filter((file) => file.becomes === "readings");
  const expected = readExpected(files);
  expect(expected.size).toBe(16);
  const each = [...new Set(files.map((file) => file.sha256))].map((sha256) =>
    readExpected(files.filter((file) => file.sha256 === sha256).slice(0, 1)),
  );
  const count = (of: typeof expected) => [...of.values()].reduce((sum, series) => sum + series.size, 0);
  const sumOfFiles = each.reduce((sum, one) => sum + count(one), 0);
  expect(count(expected)).toBeLessThan(sumOfFiles);
  expect(count(expected)).toBeGreaterThan(Math.max(...each.map(count)));
});

test("one file is large enough to be sent in parts", () => {
  expect(Math.max(...plan().map((file) => file.bytes.length))).toBeGreaterThan(16 * 1024 * 1024);
});
