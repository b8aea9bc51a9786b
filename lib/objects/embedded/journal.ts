import fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import { syncDirectory, writeFully } from "./file-io.ts";

export interface JournalOptions<Entry, Effect> {
  path: string;
  /** Throws when a line is not an entry. */
  parse: (line: string) => Entry;
  /** Called once per durable entry, in order: first for those found at opening, then for each new one. */
  apply: (entry: Entry) => Effect;
  /** The fewest entries that lead to the present state, and how many they are. */
  snapshot: () => Iterable<Entry>;
  liveCount: () => number;
}

interface Pending<Entry, Effect> {
  entry: Entry;
  resolve: (effect: Effect) => void;
  reject: (error: unknown) => void;
}

const REWRITE_LINES_MIN = 10_000;
const WRITE_BYTES = 1024 ** 2;

/**
 * An append-only file of JSON lines: a change has happened when its line is on the disk, and not before.
 * Changes that arrive together share one flush. Rewritten when most lines are history.
 */
export class Journal<Entry, Effect> {
  readonly #options: JournalOptions<Entry, Effect>;
  #file: FileHandle;
  #sizeBytes = 0;
  #lines = 0;
  #pending: Pending<Entry, Effect>[] = [];
  #isFlushing = false;
  #broken: unknown;
  #idle: Promise<void> = Promise.resolve();
  /** Lines in the middle of the file that could not be read: something other than a crash happened to it. */
  damagedLines = 0;

  private constructor(options: JournalOptions<Entry, Effect>, file: FileHandle) {
    this.#options = options;
    this.#file = file;
  }

  static async open<Entry, Effect>(options: JournalOptions<Entry, Effect>): Promise<Journal<Entry, Effect>> {
    await fs.rm(`${options.path}.new`, { force: true });
    const file = await fs.open(options.path, fs.constants.O_RDWR | fs.constants.O_CREAT);
    await syncDirectory(path.dirname(options.path));
    const journal = new Journal(options, file);
    await journal.#load();
    await journal.#rewriteWhenStale(1000);
    return journal;
  }

  async #load(): Promise<void> {
    let rest: Buffer = Buffer.alloc(0);
    let badTail = 0;
    let readBytes = 0;
    const chunk = Buffer.alloc(WRITE_BYTES);
    for (;;) {
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, readBytes);
      if (bytesRead === 0) break;
      readBytes += bytesRead;
      rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        const isGood = this.#loadLine(rest.toString("utf8", start, end));
        if (isGood) this.damagedLines += badTail;
        badTail = isGood ? 0 : badTail + 1;
        start = end + 1;
        if (isGood) this.#sizeBytes = readBytes - rest.length + start;
      }
      rest = rest.subarray(start);
    }
    // What follows the last good line was never acknowledged: the crash came before its flush ended.
    if (readBytes > this.#sizeBytes) await this.#file.truncate(this.#sizeBytes);
  }

  #loadLine(line: string): boolean {
    let entry: Entry;
    try {
      entry = this.#options.parse(line);
    } catch {
      return false;
    }
    this.#options.apply(entry);
    this.#lines += 1;
    return true;
  }

  /** Resolves with the effect of the entry once it is durable and applied. */
  append(entry: Entry): Promise<Effect> {
    if (this.#broken !== undefined) return Promise.reject(new Error("journal unusable", { cause: this.#broken }));
    return new Promise((resolve, reject) => {
      this.#pending.push({ entry, resolve, reject });
      if (!this.#isFlushing) this.#idle = this.#flush();
    });
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#write(batch.map(({ entry }) => entry));
      } catch (error) {
        for (const { reject } of batch) reject(error);
        continue;
      }
      for (const { entry, resolve } of batch) resolve(this.#options.apply(entry));
      await this.#rewriteWhenStale(REWRITE_LINES_MIN).catch(() => undefined);
    }
    this.#isFlushing = false;
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    try {
      await writeFully(this.#file, [bytes], this.#sizeBytes);
      await this.#file.datasync();
    } catch (error) {
      // Half a line must not stay in front of the next one.
      await this.#file.truncate(this.#sizeBytes).catch((cause: unknown) => (this.#broken = cause));
      throw error;
    }
    this.#sizeBytes += bytes.length;
    this.#lines += entries.length;
  }

  async #rewriteWhenStale(linesMin: number): Promise<void> {
    if (this.#lines < linesMin || this.#lines < 3 * this.#options.liveCount() || this.damagedLines > 0) return;
    const target = `${this.#options.path}.new`;
    const file = await fs.open(target, "w+");
    let written: { sizeBytes: number; lines: number };
    try {
      written = await this.#writeSnapshot(file);
      await file.sync();
    } catch (error) {
      await fs.rm(target, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    // Windows renames neither over nor from an open file.
    await this.#file.close();
    await fs.rename(target, this.#options.path);
    await syncDirectory(path.dirname(this.#options.path));
    this.#file = await fs.open(this.#options.path, "r+");
    this.#sizeBytes = written.sizeBytes;
    this.#lines = written.lines;
  }

  async #writeSnapshot(file: FileHandle): Promise<{ sizeBytes: number; lines: number }> {
    let sizeBytes = 0;
    let lines = 0;
    let text = "";
    for (const entry of this.#options.snapshot()) {
      text += `${JSON.stringify(entry)}\n`;
      lines += 1;
      if (text.length < WRITE_BYTES) continue;
      sizeBytes += await writeFully(file, [Buffer.from(text)], sizeBytes);
      text = "";
    }
    if (text !== "") sizeBytes += await writeFully(file, [Buffer.from(text)], sizeBytes);
    return { sizeBytes, lines };
  }

  /** Waits for what was appended, then lets go of the file. */
  async close(): Promise<void> {
    await this.#idle;
    this.#broken ??= new Error("journal closed");
    await this.#file.close();
  }
}
