/** Something the reader itself met while cutting bytes into rows; cleaners turn it into a rule of the report. */
export interface RowNote {
  rule: "nul_bytes" | "unreadable_characters" | "unterminated_quote";
  /** Record number in the file (the header is record 1). */
  row: number;
  detail: string;
}

/**
 * Consecutive records of one file. Row `i` of the batch is record `firstRow + i`, counted as a spreadsheet counts:
 * the first line of the file is 1, an empty line counts, a quoted line break does not.
 */
export interface RowBatch {
  firstRow: number;
  /** Header names, trimmed, unique. */
  columns: readonly string[];
  /** Fields as written; a row may be shorter or longer than `columns`. An empty line is `[""]`. */
  rows: readonly (readonly string[])[];
  /** The file (or zip entry) the rows come from. */
  fileName?: string;
  notes?: readonly RowNote[];
}
