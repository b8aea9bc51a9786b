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
    const all = this.#pending + text;
    const cut = all.lastIndexOf("\n");
    this.#pending = all.slice(cut + 1);
    // Masked before it is cut into lines: once for many.
    const lines = cut < 0 ? [] : this.#clean(all.slice(0, cut)).split("\n");
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

  #clean(text: string): string {
    return this.#redactor.redact(text.replaceAll("\r\n", "\n").replace(/\r$/, ""));
  }
}
