import type { Ctx } from "#lib/auth/context";
import { shownCells } from "../core/shown-cells.ts";
import type { EntryRows } from "../schema.ts";
import { withTable } from "./read-table.ts";

interface Page {
  path: string;
  offset: number;
  limit: number;
}

/** A page of a table in a zip. */
export function readEntryRows(ctx: Ctx, artifactId: string, { path, offset, limit }: Page): Promise<EntryRows> {
  return withTable(ctx, { artifactId, path }, async ({ batches, isCut }) => {
    const rows: string[][] = [];
    let passed = 0;
    for await (const batch of batches) {
      const kept = batch.rows.filter((row) => row.length > 1 || row[0] !== "");
      const start = Math.max(0, offset - passed);
      // One row more than asked for says that there are more.
      for (const row of kept.slice(start, start + limit + 1 - rows.length)) rows.push(shownCells(row));
      passed += kept.length;
      if (rows.length > limit) break;
    }
    const hasMore = rows.length > limit;
    return { offset, rows: rows.slice(0, limit), hasMore, isCut: !hasMore && isCut() };
  });
}
