import type { QualityReport, RuleFinding } from "./quality-report.ts";

const VERBS = { dropped: "dropped", repaired: "repaired", noted: "noted" } as const;

const formatCount = (count: number) => count.toLocaleString("en-US");

/** `row 8,113` or `rows 8,113 to 9,020`. */
export function describeRows({ firstRow, lastRow }: Pick<RuleFinding, "firstRow" | "lastRow">): string {
  if (firstRow === lastRow) return `row ${formatCount(firstRow)}`;
  return `rows ${formatCount(firstRow)} to ${formatCount(lastRow)}`;
}

/** One line of the report: `12 dropped: Time in the future (rows 8,113 to 9,020). <advice>`. */
export function describeFinding(finding: RuleFinding): string {
  const head = `${formatCount(finding.count)} ${VERBS[finding.severity]}: ${finding.label} (${describeRows(finding)}).`;
  return finding.advice === null ? head : `${head} ${finding.advice}`;
}

/** The report in one or two sentences for lists and notifications. */
export function summariseReport(report: QualityReport): string {
  if (report.rowsIn === 0) return "The file has no data rows.";
  const parts = [`${formatCount(report.rowsKept)} of ${formatCount(report.rowsIn)} rows kept`];
  const otherDropped = report.rowsDropped - report.duplicates;
  if (otherDropped > 0) parts.push(`${formatCount(otherDropped)} dropped`);
  if (report.duplicates > 0) parts.push(`${formatCount(report.duplicates)} duplicates left out`);
  if (report.rowsRepaired > 0) parts.push(`${formatCount(report.rowsRepaired)} repaired`);
  if (report.rowsEmpty > 0) parts.push(`${formatCount(report.rowsEmpty)} without a value`);
  const worst = report.byRule
    .filter((finding) => finding.severity === "dropped")
    .reduce<RuleFinding | null>(
      (most, finding) => (most === null || finding.count > most.count ? finding : most),
      null,
    );
  const sentence = `${parts.join(", ")}.`;
  return worst === null ? sentence : `${sentence} Most often: ${lowerFirst(worst.label)} (${describeRows(worst)}).`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
