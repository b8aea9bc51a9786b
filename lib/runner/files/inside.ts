import { constants } from "node:fs";
import { lstat, open, realpath, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors";

/**
 * Opens a file that an app left in its folder, by its path in there; null when there is none. An app may have put a link
 * anywhere, to a file of the portal for instance: such a path is refused, never followed.
 */
export async function openInside(folder: string, path: string): Promise<FileHandle | null> {
  const target = join(await realpath(folder), path);
  const real = await realpath(target).catch(() => null);
  const isLink = (await lstat(target).catch(() => null))?.isSymbolicLink() ?? false;
  if (real === null && !isLink) return null;
  if (real !== target) throw new AppError("unprocessable", `${path} is a link. The app must write the file itself.`);
  const file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const { isFile, nlink } = await file.stat().then((found) => ({ isFile: found.isFile(), nlink: found.nlink }));
  if (isFile && nlink === 1) return file;
  await file.close();
  throw new AppError("unprocessable", `${path} is not an ordinary file. The app must write it as one.`);
}
