import { StringDecoder } from "node:string_decoder";
import type { RunTools } from "#lib/algorithms/define";
import { LineStream } from "../core/line-stream.ts";
import type { Redactor } from "../core/redact.ts";
import { CappedLog } from "./capped-log.ts";

/** Live viewers get this many lines; the stored log has more. */
const LIVE_LINES_MAX = 15_000;
const LAST_LINES = 100;

/**
 * The machine's log: what the runner does and what the app says, live line by line and as a file. Nothing passes that a
 * redactor has not seen.
 */
export class RunLog {
  readonly #file: CappedLog;
  readonly #tell: RunTools["log"];
  readonly #redactor: Redactor;
  readonly #lines: LineStream;
  readonly #decoder = new StringDecoder("utf8");
  #lineCount = 0;
  #last: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, { tell, redactor }: { tell: RunTools["log"]; redactor: Redactor }) {
    this.#file = new CappedLog(path);
    this.#tell = tell;
    this.#redactor = redactor;
    this.#lines = new LineStream(redactor);
  }

  get isTruncated(): boolean {
    return this.#file.isTruncated;
  }

  /** What the runner itself has to say. */
  note(text: string): void {
    const line = this.#redactor.redact(text);
    this.#tell("info", line);
    this.#writeNote(line);
  }

  /** Why it ends, for the stored log: whoever follows the run is told by its final state. */
  noteEnd(text: string): void {
    this.#writeNote(this.#redactor.redact(text));
  }

  /** What the app says. Awaited, so that a flood waits for the disk. */
  async output(chunk: Buffer): Promise<void> {
    this.#take(this.#lines.push(this.#decoder.write(chunk)));
    await this.#writing;
  }

  /** Ends the file; answers its size. */
  async close(): Promise<number> {
    this.#take(this.#lines.end());
    if (this.#lineCount > LIVE_LINES_MAX) {
      this.#tell("warn", `… ${this.#lineCount - LIVE_LINES_MAX} lines are in the stored log only. The last of them:`);
      for (const line of this.#last) this.#tell("info", line);
    }
    await this.#writing;
    return this.#file.close();
  }

  #writeNote(line: string): void {
    this.#write(`${new Date().toISOString()} runner: ${line}\n`);
  }

  #take(lines: readonly string[]): void {
    if (lines.length === 0) return;
    for (const line of lines) {
      this.#lineCount += 1;
      if (this.#lineCount <= LIVE_LINES_MAX) this.#tell("info", line);
    }
    if (this.#lineCount > LIVE_LINES_MAX) this.#last = [...this.#last, ...lines.slice(-LAST_LINES)].slice(-LAST_LINES);
    this.#write(`${lines.join("\n")}\n`);
  }

  #write(text: string): void {
    this.#writing = this.#writing.then(() => this.#file.write(text));
  }
}
