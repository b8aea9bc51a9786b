import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A zip of the files given. */
export async function zipOf(files: Record<string, string | Buffer>, modes: Record<string, number> = {}) {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, { mode: modes[name] ?? 0o100644 });
  zip.end();
  return buffer(zip.outputStream);
}

/** The same zip with a name in it exchanged for one of the same length that a packer would refuse to write. */
export function renameInZip(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1");
}
