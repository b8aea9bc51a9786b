import fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** Writes all of `chunks` at `positionBytes`; a short write, as on a full disk, is continued until it is an error. */
export async function writeFully(file: FileHandle, chunks: readonly Buffer[], positionBytes: number): Promise<number> {
  const totalBytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  let { bytesWritten } = await file.writev(chunks, positionBytes);
  if (bytesWritten < totalBytes) {
    const rest = Buffer.concat(chunks);
    while (bytesWritten < totalBytes) {
      const left = totalBytes - bytesWritten;
      const more = await file.write(rest, bytesWritten, left, positionBytes + bytesWritten);
      bytesWritten += more.bytesWritten;
    }
  }
  return totalBytes;
}

/** Makes created, renamed and removed names durable. Windows cannot open folders and journals names itself. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
