import { createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { isAppError } from "#lib/errors";
import { deleteObject, headObject, openObject, putFile, putText } from "#lib/objects/store";

const SMALL_BYTES_MAX = 2_000_000;

const beat = z.object({ beat: z.number().int(), step: z.enum(["booting", "installing", "running", "terminating"]) });
const ended = z.object({
  durationS: z.number().min(0),
  peakDiskBytes: z.int().min(0).nullable().default(null),
  python: z.string().max(20).optional(),
  logParts: z.int().min(0),
});
const end = z.discriminatedUnion("how", [
  ended.extend({ how: z.literal("exited"), exitCode: z.int().min(0).max(255), signal: z.string().max(20).nullable() }),
  ended.extend({ how: z.literal("killed"), why: z.enum(["memory", "disk", "time", "stopped"]) }),
  ended.extend({ how: z.literal("failed"), step: z.enum(["booting", "installing"]), detail: z.string().max(2000) }),
]);

export type Beat = z.infer<typeof beat>;
export type ToldEnd = z.infer<typeof end>;

/**
 * The folder in object storage through which one machine and its controller speak. The machine's role reaches this
 * folder only; what comes out of it was written next to a foreign program and is read with care.
 */
export class Mailbox {
  private readonly prefix: string;

  constructor(roleId: string, folderName: string) {
    this.prefix = `machines/${roleId}:${folderName}/`;
  }

  /** The order comes last: a machine that finds it finds the job as well. */
  async deliver(jobPath: string, order: unknown): Promise<void> {
    const { size: sizeBytes } = await stat(jobPath);
    await putFile(`${this.prefix}in/job.tar.gz`, { path: jobPath, sizeBytes, mediaType: "application/gzip" });
    await putText(`${this.prefix}in/order.json`, JSON.stringify(order), "application/json");
  }

  async tellToStop(): Promise<void> {
    await putText(`${this.prefix}in/stop`, "stop", "text/plain");
  }

  async readBeat(): Promise<Beat | null> {
    return this.readJson("beat.json", beat);
  }

  async readEnd(): Promise<ToldEnd | null> {
    return this.readJson("end.json", end);
  }

  async readLogPart(number: number): Promise<Buffer | null> {
    return this.read(`log/${String(number).padStart(8, "0")}`);
  }

  /** Fetches a file the machine left. False when there is none; too large counts as none. */
  async fetchFile(name: string, path: string, bytesMax: number): Promise<boolean> {
    const head = await headObject(`${this.prefix}out/${name}`);
    if (!head || head.sizeBytes > bytesMax) return false;
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await openObject(`${this.prefix}out/${name}`), createWriteStream(path));
    return true;
  }

  /** Secrets are in the order, so it goes first; what is left after a crash expires by the bucket's rule. */
  async empty(logParts: number): Promise<void> {
    const names = [
      "in/order.json",
      "in/job.tar.gz",
      "in/stop",
      "out/beat.json",
      "out/end.json",
      "out/output",
      "out/app-log",
    ];
    for (let part = 1; part <= logParts; part++) names.push(`out/log/${String(part).padStart(8, "0")}`);
    for (const name of names) await deleteObject(this.prefix + name);
  }

  private async readJson<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const bytes = await this.read(name);
    return bytes && schema.parse(JSON.parse(bytes.toString()));
  }

  private async read(name: string): Promise<Buffer | null> {
    try {
      const stream = await openObject(`${this.prefix}out/${name}`, { startByte: 0, endByte: SMALL_BYTES_MAX });
      return await buffer(stream);
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") return null;
      throw error;
    }
  }
}
