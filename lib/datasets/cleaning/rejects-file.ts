import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { Reject } from "../core/dataset-kind.ts";

/** The downloadable list of rows that were not stored: where, why, and the row as it was. */
export class RejectsFile {
  readonly path: string;
  rowCount = 0;
  readonly #out: WriteStream;

  static create(path: string, columns: readonly string[]): Promise<RejectsFile> {
    const file = new RejectsFile(path);
    file.#out.write(line(["file", "row", "rule", "column", "detail", ...columns]));
    return Promise.resolve(file);
  }

  private constructor(path: string) {
    this.path = path;
    this.#out = createWriteStream(path);
  }

  async write(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    this.rowCount += rejects.length;
    const text = rejects
      .map((reject) =>
        line([reject.file ?? "", String(reject.row), reject.rule, reject.column ?? "", reject.detail, ...reject.raw]),
      )
      .join("");
    if (!this.#out.write(text)) await once(this.#out, "drain");
  }

  async close(): Promise<void> {
    this.#out.end();
    await finished(this.#out);
  }
}

function line(cells: readonly string[]): string {
  return `${cells.map(quote).join(",")}\r\n`;
}

function quote(cell: string): string {
  // A cell that a spreadsheet would take for a formula is defused by a leading apostrophe.
  const safe = /^[=+@]/.test(cell) || (cell.startsWith("-") && Number.isNaN(Number(cell))) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
