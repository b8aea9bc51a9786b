import { describe, expect, it } from "vitest";
import { columnMapping } from "./mapping.ts";
import { QualityAccumulator, qualityReport } from "./quality-report.ts";
import { describeFinding, summariseReport } from "./quality-sentences.ts";

const RULES = [
  { rule: "late", label: "Time in the future", severity: "dropped" as const, advise: () => "Check the clock." },
  { rule: "unit", label: "Converted", severity: "noted" as const },
];

describe("QualityAccumulator", () => {
  it("counts every row once and keeps ten examples, in a report its schema accepts", () => {
    const report = new QualityAccumulator(RULES);
    for (let row = 8113; row <= 9020; row++) {
      report.countRow("dropped");
      if (report.rule("late").hit(row))
        report.rule("late").addExample({ row, column: "t", value: "x".repeat(500), detail: "d" });
    }
    report.countRow("kept");
    report.countRow("repaired");
    report.countRow("duplicate");
    report.countRow("empty");
    const finished = qualityReport.parse(report.finish());
    expect(finished).toMatchObject({
      rowsIn: 912,
      rowsKept: 2,
      rowsRepaired: 1,
      rowsDropped: 909,
      duplicates: 1,
      rowsEmpty: 1,
    });
    expect(finished.rowsIn).toBe(finished.rowsKept + finished.rowsDropped + finished.rowsEmpty);
    expect(finished.byRule).toHaveLength(1);
    expect(finished.byRule[0]).toMatchObject({ count: 908, firstRow: 8113, lastRow: 9020, advice: "Check the clock." });
    expect(finished.byRule[0]?.examples).toHaveLength(10);
    expect(finished.byRule[0]?.examples[0]?.value.length).toBe(201);
  });

  it("writes sentences with counts and rows", () => {
    const report = new QualityAccumulator(RULES);
    for (const row of [8113, 9020]) {
      report.rule("late").hit(row);
      report.countRow("dropped");
    }
    report.countRow("kept");
    const finished = report.finish();
    expect(finished.byRule.map(describeFinding)).toEqual([
      "2 dropped: Time in the future (rows 8,113 to 9,020). Check the clock.",
    ]);
    expect(summariseReport(finished)).toBe(
      "1 of 3 rows kept, 2 dropped. Most often: time in the future (rows 8,113 to 9,020).",
    );
    expect(summariseReport(new QualityAccumulator([]).finish())).toBe("The file has no data rows.");
  });

  it("refuses rules nobody declared", () => {
    expect(() => new QualityAccumulator(RULES).rule("nope")).toThrow("not declared");
  });
});

describe("columnMapping", () => {
  it("requires an explicit, known time zone", () => {
    const mapping = { kind: "k", layout: "long", columns: [] };
    expect(columnMapping.safeParse({ ...mapping, timestamp: { format: "iso", timeZone: "Moon/Base" } }).success).toBe(
      false,
    );
    expect(columnMapping.safeParse({ ...mapping, timestamp: { format: "iso" } }).success).toBe(false);
    expect(columnMapping.parse({ ...mapping, timestamp: { format: "iso", timeZone: "Etc/GMT-1" } }).constants).toEqual(
      {},
    );
  });
});
