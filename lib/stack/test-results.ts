import { z } from "zod";

export interface SuiteResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  durationMs: number;
  /** Why the suite as a whole counts as failed, beside its tests. */
  note?: string;
}

export type Counts = Pick<SuiteResult, "passed" | "failed" | "skipped">;

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number().default(0),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Counts of vitest's JSON report. A file that failed before any of its tests did counts as one failure. */
export function readVitestReport(text: string): Counts {
  const report = vitestReport.parse(JSON.parse(text));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** Counts of Playwright's JSON report. Errors outside tests (a broken file, no server) count as failures. */
export function readPlaywrightReport(text: string): Counts {
  const { stats, errors } = playwrightReport.parse(JSON.parse(text));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/** A suite's result from its exit code and its report: what ran nothing or ended badly has failed. */
export function judgeSuite(counts: Counts | null, exitCode: number | null): Counts & { note?: string } {
  if (counts === null)
    return { passed: 0, failed: 1, skipped: 0, note: `ended without a report (${codeText(exitCode)})` };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, note: "ran no test" };
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `crashed (${codeText(exitCode)})` };
  return counts;
}

/** One line per suite and, as the very last line, the sum over all. */
export function summaryText(results: SuiteResult[]): string {
  const width = Math.max(0, ...results.map((result) => result.name.length));
  const lines = results.map(({ name, passed, failed, skipped, durationMs, note }) => {
    const state = failed === 0 ? "ok  " : "FAIL";
    const skips = skipped > 0 ? `, ${skipped} skipped` : "";
    const text = `${passed} passed, ${failed} failed${skips}`;
    return `  ${state}  ${name.padEnd(width)}  ${text} (${(durationMs / 1000).toFixed(1)} s)${note ? `: ${note}` : ""}`;
  });
  const sum = (pick: (result: SuiteResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  const total = `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`;
  return ["", "Summary", ...lines, "", total].join("\n");
}

function codeText(exitCode: number | null): string {
  return exitCode === null ? "killed" : `exit code ${exitCode}`;
}
