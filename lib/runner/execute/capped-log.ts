import { createReadStream } from "node:fs";
import { open, rm, stat, type FileHandle } from "node:fs/promises";

/** Beginning and end of a log matter; a program that writes for ever must not fill a disk with the middle. */
export const LOG_LIMITS = { headBytes: 25_000_000, tailBytes: 25_000_000 };

/** A log file of bounded size: the beginning, a mark, and the end. Writes are awaited, so memory stays flat. */
export class CappedLog {
  readonly #path: string;
  readonly #limits: typeof LOG_LIMITS;
  #head: FileHandle | null = null;
  #headBytes = 0;
  #tail: FileHandle | null = null;
  #tailBytes = 0;
  #tailNo = 0;
  #totalBytes = 0;

  constructor(path: string, limits = LOG_LIMITS) {
    this.#path = path;
    this.#limits = limits;
  }

  get isTruncated(): boolean {
    return this.#tailNo > 2;
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#totalBytes += bytes.length;
    if (this.#tailNo === 0 && this.#headBytes + bytes.length <= this.#limits.headBytes) {
      this.#head ??= await open(this.#path, "w");
      await this.#head.write(bytes);
      this.#headBytes += bytes.length;
      return;
    }
    // Two halves take turns: the one before the present is always whole.
    if (!this.#tail || this.#tailBytes + bytes.length > this.#limits.tailBytes / 2) await this.#turn();
    await this.#tail?.write(bytes);
    this.#tailBytes += bytes.length;
  }

  /** Puts the parts together; answers the size, 0 when nothing was ever written. */
  async close(): Promise<number> {
    await this.#tail?.close();
    this.#tail = null;
    if (!this.#head && this.#totalBytes === 0) return 0;
    this.#head ??= await open(this.#path, "w");
    const parts = [this.#tailNo - 1, this.#tailNo].filter((no) => no > 0).map((no) => this.#part(no));
    const sizes = await Promise.all(parts.map(async (part) => (await stat(part)).size));
    const leftOut = this.#totalBytes - this.#headBytes - sizes.reduce((sum, size) => sum + size, 0);
    if (leftOut > 0) await this.#head.write(`\n[… ${leftOut} bytes of this log were left out …]\n`);
    for (const part of parts) {
      for await (const chunk of createReadStream(part)) await this.#head.write(chunk as Buffer);
      await rm(part);
    }
    await this.#head.close();
    return (await stat(this.#path)).size;
  }

  async #turn(): Promise<void> {
    await this.#tail?.close();
    this.#tailNo += 1;
    if (this.#tailNo > 2) await rm(this.#part(this.#tailNo - 2), { force: true });
    this.#tail = await open(this.#part(this.#tailNo), "w");
    this.#tailBytes = 0;
  }

  #part(no: number): string {
    return `${this.#path}.${no}`;
  }
}
