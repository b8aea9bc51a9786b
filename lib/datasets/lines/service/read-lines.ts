import type { Ctx } from "#lib/auth/context";
import { openObject } from "#lib/objects/store";
import { placeBefore } from "../core/line-index.ts";
import { LineSplitter, lineText } from "../core/line-splitter.ts";
import { LINE_CHARS_MAX, type LinesQuery, type TextLines } from "../schema.ts";
import { openText } from "./open-text.ts";

/** Some lines out of the middle of a text: only the range around them is fetched, however long the text is. */
export async function readLines(ctx: Ctx, artifactId: string, { from, count }: LinesQuery): Promise<TextLines> {
  const { objectKey, index } = await openText(ctx, artifactId);
  const total = index.lineCount;
  const end = Math.min(total, from + count);
  if (from >= end) return { total, from, lines: [] };
  const place = placeBefore(index, from);
  const lines: string[] = [];
  const splitter = new LineSplitter(LINE_CHARS_MAX);
  let line = place.line;
  const take = (bytes: Buffer) => {
    if (line >= from) lines.push(lineText(bytes, LINE_CHARS_MAX));
    line += 1;
    return line < end;
  };
  const stream = await openObject(objectKey, { startByte: place.byte });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) if (!splitter.push(chunk, take)) break;
    if (line < end) splitter.end(take);
  } finally {
    stream.destroy();
  }
  return { total, from, lines };
}
