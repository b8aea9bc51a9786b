import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { formatNumber } from "#lib/format/numbers";
import { columnMapping } from "../core/mapping.ts";
import { qualityReport } from "../core/quality-report.ts";
import { describeFinding, summariseReport } from "../core/quality-sentences.ts";
import type { CleaningData } from "./cleaning-data.ts";
import { runCleaning } from "./run.ts";

const params = z.object({
  kind: z.string().meta({ label: "Kind of dataset" }),
  mapping: columnMapping.meta({ label: "Columns" }),
});

const inputs = z.object({ uploadId: z.uuid().meta({ label: "Upload" }) });

const result = z.object({
  report: qualityReport,
  /** Rows new to the domain tables. Rows an earlier dataset brought are counted beside them. */
  stored: z.number().int().default(0),
  alreadyStored: z.number().int().default(0),
  notes: z.array(z.string()).default([]),
});

/** Turns a raw file into a dataset: named rules in a fixed order, nothing dropped without a count and an example. */
export const cleanTable = defineAlgorithm<typeof params, typeof inputs, CleaningData, typeof result>({
  slug: "clean-table",
  version: 1,
  title: "Clean table",
  summary: "Reads a file row by row, applies the rules of its kind, and writes the dataset with its quality report.",
  params,
  inputs,
  result,
  timeoutS: 4 * 3600,
  memoryMb: 2048,
  startedBy: "upload",
  run: runCleaning,
  view: ({ report }) => [
    {
      kind: "metrics",
      metrics: {
        title: "Rows",
        items: [
          { label: "Rows in", value: report.rowsIn },
          { label: "Kept", value: report.rowsKept },
          { label: "Repaired", value: report.rowsRepaired },
          { label: "Dropped", value: report.rowsDropped },
        ],
      },
    },
    { kind: "note", note: { text: summariseReport(report) } },
    {
      kind: "table",
      table: {
        title: "By rule",
        columns: [
          { key: "rule", label: "Rule" },
          { key: "what", label: "What happened" },
          { key: "count", label: "Count", align: "right" },
        ],
        rows: report.byRule.map((finding) => ({
          rule: finding.label,
          what: describeFinding(finding),
          count: formatNumber(finding.count),
        })),
      },
    },
  ],
});
