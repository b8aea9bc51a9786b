/** One line of a log as it is shown. */
export interface LogRow {
  /** Place in the whole log, from 1. */
  number: number;
  text: string;
  level: "info" | "warn" | "error";
  /** When it came; null where the log does not say. */
  at: string | null;
}

/** Where the rows of a log come from: memory, or the server a piece at a time. */
export interface LogSource {
  count: number;
  /** Null while it is on its way. */
  rowAt: (index: number) => LogRow | null;
  /** Told which rows are in sight. */
  want?: (from: number, to: number) => void;
}
