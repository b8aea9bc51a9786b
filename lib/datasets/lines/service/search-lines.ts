import type { Ctx } from "#lib/auth/context";
import { openObject } from "#lib/objects/store";
import { LineSplitter, lineText } from "../core/line-splitter.ts";
import { LINE_CHARS_MAX, type LineSearch, type LineSearchQuery } from "../schema.ts";
import { openText } from "./open-text.ts";

/** The lines of a text that hold some words: all are counted, the first are listed. Memory stays flat. */
export async function searchLines(ctx: Ctx, artifactId: string, { q, limit }: LineSearchQuery): Promise<LineSearch> {
  const { objectKey } = await openText(ctx, artifactId);
  const wanted = q.toLowerCase();
  const hits: LineSearch["hits"] = [];
  let total = 0;
  let line = 0;
  const splitter = new LineSplitter(LINE_CHARS_MAX);
  const take = (bytes: Buffer) => {
    const text = lineText(bytes, LINE_CHARS_MAX);
    if (text.toLowerCase().includes(wanted)) {
      total += 1;
      if (hits.length < limit) hits.push({ line, text });
    }
    line += 1;
    return true;
  };
  for await (const chunk of (await openObject(objectKey)) as AsyncIterable<Buffer>) splitter.push(chunk, take);
  splitter.end(take);
  return { total, hits };
}
