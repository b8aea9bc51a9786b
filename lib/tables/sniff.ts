import { AppError } from "#lib/errors";
import { cellShape } from "./cell-shape.ts";
import { CsvParser } from "./csv-parser.ts";
import { cellsOf, columnsOfRows, JsonRecordParser } from "./json-records.ts";
import { detectFileType, looksUtf16, refusalOf } from "./magic.ts";
import { uniqueColumns } from "./unique-columns.ts";
import type { TextEncoding } from "./text-encoding.ts";

/** What the first bytes of a text table tell. Safe in a browser; the same code runs in the worker. */
export interface Sniff {
  encoding: TextEncoding;
  delimiter: "," | ";" | "\t" | "|";
  quote: '"' | "'";
  hasHeader: boolean;
  /** Record number of the header, 1 unless lines stand before it; 0 without a header. */
  headerRow: number;
  columns: string[];
  /** Up to 100 rows after the header, as written. */
  sampleRows: string[][];
  /** Numbers are written `3,5`. */
  decimalComma: boolean;
  /** Set when the file is no delimited text but JSON records, each a row. */
  records?: "json";
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 100;
const SCORED_ROWS = 300;

/**
 * Guesses encoding, delimiter, quote, header and decimal comma from the first bytes (about 256 kB) of plain text.
 * @throws AppError `unprocessable` with a sentence for the user when the bytes are no text table.
 */
export function sniff(head: Uint8Array): Sniff {
  const type = detectFileType(head);
  const refusal = refusalOf(type);
  if (refusal !== null) throw new AppError("unprocessable", refusal);
  const encoding = detectEncoding(head);
  const text = decodeHead(head.subarray(0, SAMPLE_BYTES), encoding);
  if (type === "json") return sniffRecords(text, encoding);
  if (text.trim() === "") throw new AppError("unprocessable", "The file is empty.");
  const best = chooseFormat(head.length < SAMPLE_BYTES ? `${text}\n` : text);
  const headerIndex = best.headerIndex;
  const header = best.rows[headerIndex] ?? [];
  const following = best.rows.slice(headerIndex + 1);
  const hasHeader = isHeader(header, following);
  const sampleRows = (hasHeader ? following : best.rows.slice(headerIndex)).slice(0, SAMPLE_ROWS);
  return {
    encoding,
    delimiter: best.delimiter,
    quote: best.quote,
    hasHeader,
    headerRow: hasHeader ? headerIndex + 1 : 0,
    columns: uniqueColumns(hasHeader ? header : header.map(() => "")),
    sampleRows,
    decimalComma: hasDecimalComma(sampleRows),
  };
}

function sniffRecords(text: string, encoding: TextEncoding): Sniff {
  const rows = new JsonRecordParser().push(text);
  const columns = columnsOfRows(rows);
  if (columns.length === 0)
    throw new AppError("unprocessable", "The JSON file holds no list of records. Export the table as CSV.");
  return {
    encoding,
    delimiter: ",",
    quote: '"',
    hasHeader: true,
    headerRow: 1,
    columns,
    sampleRows: rows.slice(0, SAMPLE_ROWS).map((row) => cellsOf(row, columns)),
    decimalComma: false,
    records: "json",
  };
}

export function detectEncoding(head: Uint8Array): TextEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8-bom";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const utf16 = looksUtf16(head);
  if (utf16 !== null) return utf16;
  try {
    // `stream` forgives a character cut in two at the end of the sample.
    new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, SAMPLE_BYTES), { stream: true });
    return "utf-8";
  } catch {
    return "latin1";
  }
}

function decodeHead(head: Uint8Array, encoding: TextEncoding): string {
  const label = encoding === "latin1" ? "windows-1252" : encoding === "utf-8-bom" ? "utf-8" : encoding;
  const text = new TextDecoder(label).decode(head, { stream: true }).replaceAll("\0", "");
  return text.includes("\n") ? text : text.replaceAll("\r", "\n");
}

interface Candidate {
  delimiter: Sniff["delimiter"];
  quote: Sniff["quote"];
  rows: string[][];
  headerIndex: number;
  score: number;
}

function chooseFormat(text: string): Candidate {
  const quote = detectQuote(text);
  const candidates = DELIMITERS.map((delimiter) => scoreDelimiter(text, delimiter, quote));
  return candidates.reduce((best, candidate) => (candidate.score > best.score ? candidate : best));
}

function detectQuote(text: string): Sniff["quote"] {
  return !text.includes('"') && /(^|[,;\t|])'[^'\n]*'([,;\t|]|\r?\n)/m.test(text) ? "'" : '"';
}

/** A delimiter is good when nearly all rows, the header among them, have the same number of fields. */
function scoreDelimiter(text: string, delimiter: Sniff["delimiter"], quote: Sniff["quote"]): Candidate {
  const rows = parseSample(text, delimiter, quote);
  const filled = rows.filter((row) => row.length > 1 || row[0]?.trim() !== "");
  const width = modalWidth(filled);
  const matching = filled.filter((row) => row.length === width).length;
  // Lines before the header (title, logger serial number) have fewer fields.
  const found = rows.findIndex((row) => row.length === width && row.some((cell) => cell.trim() !== ""));
  const headerIndex =
    width > 1
      ? Math.max(0, found)
      : Math.max(
          0,
          rows.findIndex((row) => row[0]?.trim() !== ""),
        );
  const share = filled.length === 0 ? 0 : matching / filled.length;
  const headerPenalty = headerIndex > 0 && delimiter === "," ? 0.5 : headerIndex > 0 ? 0.8 : 1;
  const score = width > 1 ? share * headerPenalty + Math.min(width, 50) / 1000 : 0.001;
  return { delimiter, quote, rows, headerIndex, score: delimiter === "," && width <= 1 ? 0.002 : score };
}

function parseSample(text: string, delimiter: string, quote: string): string[][] {
  const parser = new CsvParser({ delimiter, quote });
  const end = text.lastIndexOf("\n") + 1;
  const rows: string[][] = [];
  // In slices, so that a sample of very short lines is not parsed to its end four times.
  for (let at = 0; at < end && rows.length < SCORED_ROWS; at += 16_384) {
    rows.push(...parser.push(text.slice(at, Math.min(end, at + 16_384))));
  }
  if (rows.length < SCORED_ROWS) {
    if (end < text.length && rows.length < 2) rows.push(...parser.push(text.slice(end)));
    rows.push(...parser.end().rows);
  }
  return rows.slice(0, SCORED_ROWS);
}

function modalWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [candidate, count] of counts) if (count > most) [width, most] = [candidate, count];
  return width;
}

/** A header names a column whose values are numbers or times; an all-text table is taken to have one. */
function isHeader(header: readonly string[], rows: readonly string[][]): boolean {
  if (rows.length === 0) return header.some((cell) => cellShape(cell) === "text");
  let hasTypedColumn = false;
  for (const [index, cell] of header.entries()) {
    const shapes = rows.map((row) => cellShape(row[index] ?? "")).filter((shape) => shape !== "empty");
    const typedCount = shapes.filter((shape) => shape !== "text").length;
    if (shapes.length === 0 || typedCount < shapes.length / 2) continue;
    hasTypedColumn = true;
    if (cellShape(cell) === "text") return true;
  }
  return !hasTypedColumn;
}

function hasDecimalComma(rows: readonly string[][]): boolean {
  let commas = 0;
  let points = 0;
  for (const cell of rows.flat()) {
    const shape = cellShape(cell);
    if (shape === "number-comma") commas++;
    else if (shape === "number" && cell.includes(".")) points++;
  }
  return commas > points;
}
