import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { qualityReport } from "./core/quality-report.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());
const storedTable = z.object({ artifactId: z.uuid(), sha256: z.string(), sizeBytes: z.number() });

export const datasetView = z.object({
  id: z.uuid(),
  kind: z.string(),
  kindLabel: z.string(),
  name: z.string(),
  description: z.string(),
  runId: z.uuid(),
  rowsIn: z.number().int(),
  rowsKept: z.number().int(),
  rowsDropped: z.number().int(),
  rowsAlreadyStored: z.number().int(),
  report: qualityReport,
  /** One sentence per rule that did something, in the order of the report. */
  findings: z.array(z.object({ rule: z.string(), sentence: z.string() })),
  createdAt: instant,
  table: storedTable.nullable(),
  rejects: storedTable.nullable(),
  uploads: z.array(
    z.object({ id: z.uuid(), fileName: z.string(), sizeBytes: z.number(), sha256: z.string().nullable() }),
  ),
});
export type DatasetView = z.output<typeof datasetView>;

export const listDatasetsQuery = pageQuery.extend({ kind: z.string().optional() });

export const ROW_FORMATS = ["json", "csv", "jsonl", "parquet"] as const;

export const rowsQuery = z.object({
  /** For links, which cannot send Accept: csv, jsonl and parquet carry every row, json a page. */
  format: z
    .enum(ROW_FORMATS)
    .optional()
    .meta({ description: "Goes before Accept; csv, jsonl and parquet carry every row" }),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(100),
});

export const datasetRows = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.unknown())),
  offset: z.number().int(),
  total: z.number().int(),
});
