import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { RunScope } from "#lib/algorithms/io";

export interface TextFile {
  path: string;
  write: (text: string) => Promise<void>;
  /** May be called again. */
  close: () => Promise<void>;
}

/** A file of a run, written as fast as the disk takes it. A full disk is an error of the write that meets it. */
export function openTextFile({ tempDir }: Pick<RunScope, "tempDir">, name: string): Promise<TextFile> {
  const path = join(tempDir, name);
  const stream = createWriteStream(path);
  let failure: Error | null = null;
  stream.on("error", (error) => {
    failure = error;
  });
  return Promise.resolve({
    path,
    write: async (text) => {
      if (failure) throw failure;
      if (!stream.write(text)) await Promise.race([once(stream, "drain"), finished(stream)]);
    },
    close: async () => {
      if (stream.destroyed || stream.writableFinished) return;
      stream.end();
      await finished(stream);
    },
  });
}
