import { AppError } from "#lib/errors";

/** No honest record is longer; more means that a bracket is missing. */
const RECORD_CHARACTERS_MAX = 4 * 1024 * 1024;
const MARKS = /["{}[\]]/g;
const STRING_END = /(?:[^"\\]|\\[^])*"/y;
/** An envelope: plain members, then `data` with the records. */
const ENVELOPE = /^\s*\{[^{[]*"data"\s*:\s*\[/;

export type JsonRow = Record<string, string>;

/**
 * Cuts JSON text that arrives in pieces into records: the objects of a list, of the list `data` of an object, or one
 * after the other (JSON Lines). Holds at most one unfinished record.
 */
export class JsonRecordParser {
  recordCount = 0;
  #pending = "";
  #depth = 0;
  /** Depth at which records stand; -1 until the beginning has told. */
  #recordDepth = -1;

  /** Adds text and returns the records that are now complete, flattened. */
  push(text: string): JsonRow[] {
    this.#pending += text;
    if (this.#recordDepth < 0 && !this.#begin()) return [];
    return this.#read();
  }

  /** @throws AppError `unprocessable` when the text ends within a record. */
  end(): JsonRow[] {
    const rows = this.#recordDepth < 0 && this.#begin(true) ? this.#read() : [];
    if (/\S/.test(this.#pending) && this.#isInRecord) {
      throw new AppError(
        "unprocessable",
        `The JSON file ends in the middle of record ${this.recordCount + 1}. Upload it again.`,
      );
    }
    return rows;
  }

  #isInRecord = false;

  /** Decides from the first characters; an envelope shows itself within its plain members. */
  #begin(isEnd = false): boolean {
    const start = /\S/.exec(this.#pending)?.[0];
    if (start === undefined) return false;
    if (start === "[") this.#recordDepth = 1;
    else if (ENVELOPE.test(this.#pending)) this.#recordDepth = 2;
    else if (isEnd || this.#pending.length > 4096 || /[{[][^]*[{[]/.test(this.#pending) || /\}\s*$/.test(this.#pending))
      this.#recordDepth = 0;
    return this.#recordDepth >= 0;
  }

  #read(): JsonRow[] {
    const text = this.#pending;
    const rows: JsonRow[] = [];
    let from = 0;
    let recordAt = this.#isInRecord ? 0 : -1;
    // A record that is still open was scanned before only up to the end of the former text; it is scanned again.
    if (this.#isInRecord) this.#depth = this.#recordDepth;
    let at = 0;
    for (;;) {
      MARKS.lastIndex = at;
      const mark = MARKS.exec(text);
      if (mark === null) break;
      at = mark.index + 1;
      if (mark[0] === '"') {
        STRING_END.lastIndex = at;
        if (!STRING_END.test(text)) {
          if (recordAt < 0) from = mark.index;
          break;
        }
        at = STRING_END.lastIndex;
      } else if (mark[0] === "{" || mark[0] === "[") {
        if (this.#depth === this.#recordDepth && mark[0] === "{") recordAt = mark.index;
        this.#depth++;
      } else {
        this.#depth--;
        if (this.#depth === this.#recordDepth && recordAt >= 0) {
          rows.push(this.#parse(text.slice(recordAt, at)));
          recordAt = -1;
        }
      }
      if (recordAt < 0) from = at;
    }
    this.#isInRecord = recordAt >= 0;
    this.#pending = text.slice(this.#isInRecord ? recordAt : from);
    if (this.#pending.length > RECORD_CHARACTERS_MAX) {
      throw new AppError("unprocessable", `Record ${this.recordCount + 1} of the JSON file is longer than 4 MiB.`);
    }
    return rows;
  }

  #parse(text: string): JsonRow {
    this.recordCount++;
    try {
      const row: JsonRow = {};
      flatten(JSON.parse(text), "", row);
      return row;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new AppError("unprocessable", `Record ${this.recordCount} of the JSON file is damaged (${error.message}).`);
    }
  }
}

/** Members of members are named `a.b`; of a list of objects the first counts (`a.0.b`), other lists are kept as JSON. */
function flatten(value: unknown, path: string, into: JsonRow): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    if (typeof first === "object" && first !== null) flatten(first, `${path}.0`, into);
    else into[path] = JSON.stringify(value);
  } else if (typeof value === "object") {
    for (const [name, member] of Object.entries(value)) flatten(member, path === "" ? name : `${path}.${name}`, into);
  } else {
    into[path] = typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** Every member that the records have, in the order of their first appearance. */
export function columnsOfRows(rows: readonly JsonRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

export function cellsOf(row: JsonRow, columns: readonly string[]): string[] {
  return columns.map((column) => row[column] ?? "");
}
