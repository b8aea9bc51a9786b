import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { openObject } from "#lib/objects/store";
import { findArtifact } from "../../artifact-store.ts";
import { LineIndexer, type LineIndex } from "../core/line-index.ts";

const TEXT_BYTES_MAX = 512 * 2 ** 20;
const KEPT = 64;

/** Artifacts never change, so an index of one stays right; of those that are asked for, the latest are kept. */
const indexes = new Map<string, Promise<LineIndex>>();

export interface StoredText {
  objectKey: string;
  index: LineIndex;
}

/** A text file with the places of its lines. The first reader of a file waits until it has been read once. */
export async function openText(ctx: Ctx, artifactId: string): Promise<StoredText> {
  const artifact = await findArtifact(ctx, artifactId);
  if (!artifact) throw new AppError("not_found", "There is no such artifact in this workspace.");
  const { objectKey, mediaType, sizeBytes, fileName } = artifact;
  if (!mediaType.startsWith("text/")) throw new AppError("unprocessable", `${fileName} is no text. Download it.`);
  if (sizeBytes > TEXT_BYTES_MAX) {
    const most = formatBytes(TEXT_BYTES_MAX);
    throw new AppError("too_large", `Texts are shown up to ${most}. Download this one.`);
  }
  return { objectKey, index: await indexOf(objectKey) };
}

function indexOf(objectKey: string): Promise<LineIndex> {
  const known = indexes.get(objectKey) ?? makeIndex(objectKey);
  indexes.delete(objectKey);
  indexes.set(objectKey, known);
  const [oldest] = indexes.keys();
  if (indexes.size > KEPT && oldest !== undefined) indexes.delete(oldest);
  known.catch(() => indexes.delete(objectKey));
  return known;
}

async function makeIndex(objectKey: string): Promise<LineIndex> {
  const indexer = new LineIndexer();
  for await (const chunk of (await openObject(objectKey)) as AsyncIterable<Buffer>) indexer.push(chunk);
  return indexer.end();
}
