import { z } from "zod";

/** Longer lines are cut where they are shown; the download has them whole. */
export const LINE_CHARS_MAX = 4_000;

export const linesQuery = z.object({
  /** First line, from 0. */
  from: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(2_000).default(500),
});
export type LinesQuery = z.output<typeof linesQuery>;

export const textLines = z.object({
  /** Lines of the whole file. */
  total: z.number().int(),
  from: z.number().int(),
  lines: z.array(z.string()),
});
export type TextLines = z.output<typeof textLines>;

export const lineSearchQuery = z.object({
  /** Looked for as it is, without regard to upper and lower case. */
  q: z.string().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(2_000).default(1_000),
});
export type LineSearchQuery = z.output<typeof lineSearchQuery>;

export const lineSearch = z.object({
  /** Matching lines of the whole file, also those that are not listed. */
  total: z.number().int(),
  hits: z.array(z.object({ line: z.number().int(), text: z.string() })),
});
export type LineSearch = z.output<typeof lineSearch>;
