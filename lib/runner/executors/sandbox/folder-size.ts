import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";

const ENTRIES_MAX = 200_000;

/** Bytes the files below take on the disk; Infinity for more files than anyone needs. Links are not followed. */
export async function folderSizeBytes(folder: string): Promise<number> {
  let bytes = 0;
  let seen = 0;
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entries = await opendir(path).catch(() => null);
    if (!entries) continue;
    for await (const entry of entries) {
      if (++seen > ENTRIES_MAX) return Infinity;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) waiting.push(inner);
      else bytes += ((await lstat(inner).catch(() => null))?.blocks ?? 0) * 512;
    }
  }
  return bytes;
}
