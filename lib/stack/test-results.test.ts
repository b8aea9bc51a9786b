import { describe, expect, test } from "vitest";
import { judgeSuite, readPlaywrightReport, readVitestReport, summaryText } from "./test-results.ts";

describe("reports", () => {
  test("vitest: a file that could not be loaded counts as a failure", () => {
    const file = (status: string, tests: string[]) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    });
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [file("passed", ["passed"]), file("failed", ["failed"]), file("failed", [])],
    };
    expect(readVitestReport(JSON.stringify(report))).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test("playwright: errors outside tests count as failures", () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{ message: "no server" }] };
    expect(readPlaywrightReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 2, skipped: 0 });
  });
});

describe("judgeSuite", () => {
  test.each([
    ["without a report", null, 0],
    ["that ran no test", { passed: 0, failed: 0, skipped: 3 }, 0],
    ["that crashed after its tests", { passed: 9, failed: 0, skipped: 0 }, 1],
    ["that was killed", null, null],
  ])("a suite %s has failed", (_title, counts, exitCode) => {
    const judged = judgeSuite(counts, exitCode);
    expect(judged.failed).toBe(1);
    expect(judged.note).toBeTruthy();
  });

  test("passed tests and exit code 0 are a success", () => {
    expect(judgeSuite({ passed: 2, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 2, failed: 0, skipped: 0 });
  });
});

test("the last line sums over all suites", () => {
  const text = summaryText([
    { name: "lint", passed: 1, failed: 0, skipped: 0, durationMs: 10 },
    { name: "unit", passed: 40, failed: 2, skipped: 1, durationMs: 1500 },
  ]);
  expect(text.split("\n").at(-1)).toBe("41 passed, 2 failed");
});
