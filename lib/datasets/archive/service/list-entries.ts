import type { Ctx } from "#lib/auth/context";
import { entryKindOf } from "../core/entry-kind.ts";
import type { ArchiveListing } from "../schema.ts";
import { withArchive } from "./open-archive.ts";

const LISTED_MAX = 2_000;

/** The files of a stored zip, from its directory alone. */
export function listEntries(ctx: Ctx, artifactId: string): Promise<ArchiveListing> {
  return withArchive(ctx, artifactId, async (zip) => {
    const entries: ArchiveListing["entries"] = [];
    for await (const { fileName, uncompressedSize } of zip.eachEntry()) {
      if (fileName.endsWith("/")) continue;
      if (entries.length === LISTED_MAX) return { entries, isCut: true };
      entries.push({ path: fileName, sizeBytes: uncompressedSize, kind: entryKindOf(fileName) });
    }
    return { entries, isCut: false };
  });
}
