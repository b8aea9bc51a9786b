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

export const entryPreview = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("table"),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
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
