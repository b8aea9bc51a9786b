import { z } from "zod";
import { AppError } from "#lib/errors";

/** Query of every list: an opaque cursor and a page size. */
export const pageQuery = z.object({
  cursor: z.string().max(400).optional().meta({ description: "nextCursor of the page before" }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type PageQuery = z.infer<typeof pageQuery>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Cursors carry the sort key of the last row; they are opaque to callers, not secret. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

const cursorParts = z.array(z.string());

export function decodeCursor(cursor: string, count: number): string[] {
  try {
    const parts = cursorParts.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    if (parts.length === count) return parts;
  } catch {
    // falls through to the one clear error
  }
  throw new AppError("invalid_input", "The cursor is not one this list returned. Start again without it.", {
    fields: [{ pointer: "/cursor", detail: "unknown cursor" }],
  });
}

/** Cuts a list that was read one row too long into a page. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (row: T) => string[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null };
}
