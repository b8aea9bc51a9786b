import { z } from "zod";
import { mapBbox } from "#lib/maps/spec";

/** What of a file can be shown here; "none" is for downloading only. */
export const entryKind = z.enum(["table", "map", "image", "text", "none"]);
export type EntryKind = z.output<typeof entryKind>;

export const archiveEntry = z.object({ path: z.string(), sizeBytes: z.number(), kind: entryKind });
export type ArchiveEntry = z.output<typeof archiveEntry>;

export const archiveListing = z.object({
  entries: z.array(archiveEntry),
  /** There are more files than are listed. */
  isCut: z.boolean(),
});
export type ArchiveListing = z.output<typeof archiveListing>;

const path = z.string().min(1).max(4096);

export const entryQuery = z.object({ path });
export const entryContentQuery = z.object({
  path,
  /** Pictures only: to be shown in a page rather than saved. */
  inline: z.enum(["true", "false"]).default("false"),
});

const position = z.object({ lat: z.number(), lon: z.number() });

const rows = z.array(z.array(z.string()));

export const columnKind = z.enum(["time", "number", "text"]);
export type ColumnKind = z.output<typeof columnKind>;

export const entryRowsQuery = z.object({
  path,
  /** Rows passed by, the header not counted. */
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Rows of a table in a zip, as they are written. */
export const entryRows = z.object({
  offset: z.number().int(),
  rows,
  /** There are more rows behind these that can be shown. */
  hasMore: z.boolean(),
  /** The file goes on, but so far in it is for downloading only. */
  isCut: z.boolean(),
});
export type EntryRows = z.output<typeof entryRows>;

export const entryChartQuery = z.object({
  path,
  /** Column of the x axis; without it the rows are counted. */
  x: z.string().max(300).optional(),
  y: z.string().max(300),
});

export const entryChart = z.object({
  /** `time`: x is epoch ms. */
  xKind: z.enum(["time", "number", "row"]),
  /** Times carry their own offset; others are wall clocks whose zone nobody told. */
  hasOffset: z.boolean(),
  /** Ascending; every row, or the lowest and highest of so many that follow one another. */
  points: z.object({ x: z.array(z.number()), y: z.array(z.number().nullable()) }),
  /** Rows with a value in both columns. */
  rowCount: z.number().int(),
  /** Min/max pairs that stand for the rows; 0: all are drawn. */
  pairs: z.number().int(),
  isCut: z.boolean(),
});
export type EntryChart = z.output<typeof entryChart>;

export const entryPreview = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("table"),
    columns: z.array(z.string()),
    /** What the first rows hold, per column. */
    kinds: z.array(columnKind),
    rows,
    isCut: z.boolean(),
  }),
  z.object({ kind: z.literal("text"), text: z.string(), isCut: z.boolean() }),
  z.object({
    kind: z.literal("map"),
    points: z.array(position.extend({ label: z.string() })),
    /** Lines, and the edges of areas. */
    lines: z.array(z.array(position)),
    bbox: mapBbox.nullable(),
    featureCount: z.number().int(),
    isCut: z.boolean(),
  }),
]);
export type EntryPreview = z.output<typeof entryPreview>;
export type MapPreview = Extract<EntryPreview, { kind: "map" }>;
