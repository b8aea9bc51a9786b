import { CsvParser, FIELD_CHARACTERS_MAX } from "./csv-parser.ts";
import { createTextDecoder } from "./text-decoder.ts";
import { uniqueColumns } from "./unique-columns.ts";
import type { CsvFormat } from "./csv-parser.ts";
import type { RowBatch, RowNote } from "./row-batch.ts";
import type { TextEncoding } from "./text-encoding.ts";

export interface CsvReadOptions extends CsvFormat {
  encoding: TextEncoding;
  /** Record number of the header; 0 when the file has none (columns become `column_1`…). Default 1. */
  headerRow?: number;
  /** Copied onto every batch. */
  fileName?: string;
  signal?: AbortSignal;
}

const PIECE_BYTES = 256 * 1024;
const ALL_NULS = /\0+/g;
const FIRST_LINE_END = /\n|\r[^\n]/;

/**
 * Reads a delimited text file as batches of records, one per 256 KiB piece or less, pulled by the consumer (so a slow
 * consumer holds the source back). Memory is one piece plus one unfinished record, whatever the file's size.
 * @throws AppError `unprocessable` with the row when a record exceeds 1 MiB.
 */
export async function* readRows(bytes: AsyncIterable<Uint8Array>, options: CsvReadOptions): AsyncGenerator<RowBatch> {
  const reader = new BatchReader(options);
  for await (const piece of splitPieces(bytes)) {
    options.signal?.throwIfAborted();
    const batch = reader.read(piece);
    if (batch !== null) yield batch;
  }
  const last = reader.end();
  if (last !== null) yield last;
}

class BatchReader {
  readonly #options: CsvReadOptions;
  readonly #parser: CsvParser;
  readonly #decoder: ReturnType<typeof createTextDecoder>;
  readonly #headerRow: number;
  #columns: string[] | null = null;
  #notes: RowNote[] = [];
  /** Old Macintosh files end lines with CR alone; decided once, at the first line end. */
  #hasCrLines: boolean | null = null;
  #undecided = "";

  constructor(options: CsvReadOptions) {
    this.#options = options;
    this.#parser = new CsvParser(options);
    this.#decoder = createTextDecoder(options.encoding);
    this.#headerRow = options.headerRow ?? 1;
  }

  read(piece: Uint8Array): RowBatch | null {
    return this.#take(this.#clean(this.#decoder.decode(piece)));
  }

  end(): RowBatch | null {
    const rest = this.#clean(this.#decoder.end());
    const batch = this.#take(rest + (this.#hasCrLines === null ? this.#normaliseLines("", true) : ""));
    const firstRow = this.#parser.recordCount + 1;
    const { rows, hasOpenQuote } = this.#parser.end();
    if (hasOpenQuote) {
      const detail = "A quote opens here and is never closed; the lines after it were read without it.";
      this.#notes.push({ rule: "unterminated_quote", row: firstRow, detail });
    }
    const last = this.#toBatch(rows, firstRow);
    if (batch === null || last === null) return batch ?? last;
    const notes = [...(batch.notes ?? []), ...(last.notes ?? [])];
    return { ...batch, rows: [...batch.rows, ...last.rows], ...(notes.length > 0 && { notes }) };
  }

  #take(text: string): RowBatch | null {
    if (text === "") return null;
    const firstRow = this.#parser.recordCount + 1;
    return this.#toBatch(this.#parser.push(text), firstRow);
  }

  #toBatch(rows: string[][], firstRow: number): RowBatch | null {
    if (rows.length === 0) return null;
    const lastRow = firstRow + rows.length - 1;
    if (this.#columns === null) {
      if (lastRow < this.#headerRow) return null;
      const width = rows[0]?.length ?? 0;
      this.#columns = uniqueColumns(
        this.#headerRow === 0 ? Array<string>(width).fill("") : rows[this.#headerRow - firstRow]!,
      );
    }
    const skip = Math.max(0, this.#headerRow - firstRow + 1);
    const kept = skip === 0 ? rows : rows.slice(skip);
    const notes = this.#notes;
    this.#notes = [];
    if (kept.length === 0 && notes.length === 0 && this.#parser.recordCount !== this.#headerRow) return null;
    const { fileName } = this.#options;
    return {
      firstRow: firstRow + skip,
      columns: this.#columns,
      rows: kept,
      ...(fileName !== undefined && { fileName }),
      ...(notes.length > 0 && { notes }),
    };
  }

  /** Removes what no parser should see, and remembers where it was. */
  #clean(text: string): string {
    let clean = text;
    if (clean.includes("\0")) {
      clean = clean.replaceAll(ALL_NULS, "");
      this.#note(
        "nul_bytes",
        text.length - clean.length,
        "NUL bytes were skipped; the logger was probably cut off while writing",
      );
    }
    if (clean.includes("\uFFFD"))
      this.#note("unreadable_characters", 1, "Bytes that are not valid text in this encoding");
    return this.#normaliseLines(clean);
  }

  #normaliseLines(text: string, isLast = false): string {
    if (this.#hasCrLines === null) {
      this.#undecided += text;
      const isKnown = isLast || this.#undecided.length > FIELD_CHARACTERS_MAX || FIRST_LINE_END.test(this.#undecided);
      if (!isKnown) return "";
      this.#hasCrLines = this.#undecided.includes("\r") && !this.#undecided.includes("\n");
      return this.#normaliseLines(this.#undecided);
    }
    return this.#hasCrLines ? text.replaceAll("\r", "\n") : text;
  }

  #note(rule: RowNote["rule"], count: number, detail: string): void {
    const row = this.#parser.recordCount + 1;
    this.#notes.push({ rule, row, detail: count > 1 ? `${detail} (${count} bytes).` : `${detail}.` });
  }
}

async function* splitPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES);
  }
}
