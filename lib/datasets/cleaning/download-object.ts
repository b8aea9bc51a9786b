import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openObject } from "#lib/objects/store";

/** Copies an object to a local file, for formats that must be read from their end. */
export async function downloadObject(key: string, path: string): Promise<string> {
  await pipeline(await openObject(key), createWriteStream(path));
  return path;
}
