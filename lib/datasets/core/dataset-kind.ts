import type { ColumnDeclaration, ColumnValues } from "#lib/tables/column";
import type { RowBatch } from "#lib/tables/row-batch";
import type { Sniff } from "#lib/tables/sniff";
import type { ColumnMapping, MappingProposal } from "./mapping.ts";
import type { QualityReport } from "./quality-report.ts";

/** A row that was not stored, for the downloadable list of rejects. */
export interface Reject {
  row: number;
  rule: string;
  /** Header name of the value at fault; null when the whole row is. */
  column: string | null;
  detail: string;
  raw: readonly string[];
  file?: string;
}

export interface CleanedBatch {
  rowCount: number;
  /** In the order of the kind's `parquetColumns`, each `rowCount` long. */
  columns: ColumnValues[];
  rejects: Reject[];
  /** Rows for the dataset beside this one, in the order of `aside.parquetColumns`. */
  aside?: { rowCount: number; columns: ColumnValues[] };
}

/** Pure and streaming: no I/O, no clock, memory independent of the number of rows. */
export interface Cleaner {
  push(batch: RowBatch): CleanedBatch;
  finish(): QualityReport;
  /** Report of the dataset beside this one; asked for after `finish`, when rows went there. */
  finishAside?(): QualityReport;
}

export interface CleanerContext {
  /** Now, epoch ms: what lies in the future is judged against it. */
  nowMs: number;
  /** Name of the uploaded file; a batch's own `fileName` (zip entry) goes before it. */
  fileName: string;
}

/** A role a column can have in a mapping, for the mapping form. */
export interface ColumnRole {
  role: string;
  label: string;
  description: string;
  /** A mapping without this role (as column or constant) is refused. */
  required: boolean;
  /** Several columns may have it. */
  multiple: boolean;
}

/** Declares one kind of dataset for the registry. Everything here is browser-safe. */
export interface DatasetKind {
  kind: string;
  label: string;
  description: string;
  columns: readonly ColumnRole[];
  acceptedTypes: readonly string[];
  parquetColumns: readonly ColumnDeclaration[];
  /** Columns that the stored table is sorted by, ascending; absent: as in the file. */
  sortedBy?: readonly string[];
  /** A second dataset of another kind that the same file may bring: rows that belong together, but not here. */
  aside?: { kind: string; nameSuffix: string; parquetColumns: readonly ColumnDeclaration[] };
  /** 0–1: how much the file looks like this kind. */
  likeness(sniff: Sniff): number;
  proposeMapping(sniff: Sniff, fileName: string): MappingProposal;
  /** @throws AppError `invalid_input` with field pointers when the mapping cannot work on a file with these columns. */
  checkMapping(mapping: ColumnMapping, columns: readonly string[]): void;
  createCleaner(mapping: ColumnMapping, context: CleanerContext): Cleaner;
}
