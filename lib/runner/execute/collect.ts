import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isAppError, messageOf } from "#lib/errors";
import { RunFailure } from "#lib/runs/run-failure";
import { openInside } from "../files/inside.ts";
import { checkZip, type ZipContents } from "../files/safe-zip.ts";

const FILES_MAX = 100_000;

export interface FoundOutput {
  path: string;
  contents: ZipContents;
}

interface Place {
  /** What the app could write to, nothing of which runs any more. */
  appFolder: string;
  tempDir: string;
}

/** Takes a file out of the app's folder; null when there is none. */
export async function takeOut({ appFolder, tempDir }: Place, path: string, as: string): Promise<string | null> {
  const file = await openInside(appFolder, path);
  if (!file) return null;
  const target = join(tempDir, as);
  await pipeline(file.createReadStream(), createWriteStream(target));
  return target;
}

/** The output of an app that ended well. @throws RunFailure when there is none or it is no zip with files in it. */
export async function collectOutput(
  place: Place,
  { output, unpackedBytesMax }: { output: string; unpackedBytesMax: number },
): Promise<FoundOutput> {
  const fail = (reason: string, detail: string, cause?: unknown) => new RunFailure(reason, detail, { cause });
  const path = await takeOut(place, output, "output.zip").catch((error: unknown) => {
    throw fail("invalid_output", messageOf(error), error);
  });
  if (!path) throw fail("missing_output", `The app ended well, but wrote no ${output}. Its output must be there.`);
  const limits = { unpackedBytesMax, filesMax: FILES_MAX };
  const contents = await checkZip(path, `The output ${output}`, limits).catch((error: unknown) => {
    throw isAppError(error) ? fail("invalid_output", error.message, error) : error;
  });
  if (contents.files.length === 0) throw fail("invalid_output", `The output ${output} is a zip with nothing in it.`);
  return { path, contents };
}
