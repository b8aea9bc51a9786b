import { StringDecoder } from "node:string_decoder";
import type { RunTools } from "#lib/algorithms/define";
import { LineStream } from "../core/line-stream.ts";
import { FloodGate, LIVE_LINES_MAX } from "../core/live-log.ts";
import type { Redactor } from "../core/redact.ts";
import { CappedLog } from "./capped-log.ts";

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
  readonly #gate = new FloodGate(() => Date.now());
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
    this.#tellPiece(this.#gate.end());
    await this.#writing;
    return this.#file.close();
  }

  #writeNote(line: string): void {
    this.#write(`${new Date().toISOString()} runner: ${line}\n`);
  }

  #take(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const room = Math.max(0, LIVE_LINES_MAX - this.#lineCount);
    this.#lineCount += lines.length;
    for (const line of lines.slice(0, room)) this.#tell("info", line);
    if (lines.length > room) this.#tellPiece(this.#gate.push(lines.slice(room)));
    this.#write(`${lines.join("\n")}\n`);
  }

  #tellPiece(piece: { leftOut: number; lines: string[] } | null): void {
    if (piece === null) return;
    if (piece.leftOut > 0) this.#tell("warn", `… ${piece.leftOut} lines here are in the stored log only.`);
    for (const line of piece.lines) this.#tell("info", line);
  }

  #write(text: string): void {
    this.#writing = this.#writing.then(() => this.#file.write(text));
  }
}
