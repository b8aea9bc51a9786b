import type { Redactor } from "./redact.ts";

/** A program that writes no line ends must not fill our memory. */
const LINE_CHARS_MAX = 16_384;

/** Cuts text that arrives in pieces into lines without secrets, wherever the pieces were cut. */
export class LineStream {
  readonly #redactor: Redactor;
  #pending = "";

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  push(text: string): string[] {
    const parts = (this.#pending + text).split("\n");
    this.#pending = parts.pop() ?? "";
    const lines = parts.map((line) => this.#clean(line));
    if (this.#pending.length > LINE_CHARS_MAX) {
      const masked = this.#redactor.redact(this.#pending);
      const cut = masked.length - this.#redactor.longest;
      lines.push(this.#clean(masked.slice(0, cut)));
      this.#pending = masked.slice(cut);
    }
    return lines;
  }

  /** What is left when the program has ended. */
  end(): string[] {
    const rest = this.#pending;
    this.#pending = "";
    return rest === "" ? [] : [this.#clean(rest)];
  }

  #clean(line: string): string {
    return this.#redactor.redact(line.replace(/\r$/, ""));
  }
}
