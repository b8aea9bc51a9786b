import { DOUBLE, DuckDBDoubleVector, DuckDBIntegerVector, INTEGER, VARCHAR } from "@duckdb/node-api";
import { quoteName } from "./duckdb.ts";
import type { DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import type { ColumnDeclaration, ColumnValues } from "./column.ts";

/** Text columns with more distinct values than this are stored as they are. */
const DICTIONARY_MAX = 50_000;
const MISSING_CODE = -1;

/** Which rows of a batch go where in a chunk. */
export interface ChunkPart {
  vector: number;
  /** Vector of the plain text, -1 while there is none. */
  plainVector: number;
  from: number;
  count: number;
}

/**
 * One column on its way into the staging table. Everything travels as raw numbers, because the binding moves typed
 * arrays about ten times faster than single values: missing numbers as NaN, text as a code into a dictionary (kept
 * here) with -1 for missing. The final COPY turns them back.
 */
export class StagedColumn {
  readonly declaration: ColumnDeclaration;
  readonly #index: number;
  readonly #codes = new Map<string, number>();
  /** Set when the dictionary has grown too large; later values then go to a plain text column. */
  isPlain = false;

  constructor(declaration: ColumnDeclaration, index: number) {
    this.declaration = declaration;
    this.#index = index;
  }

  get dictionary(): string[] {
    return [...this.#codes.keys()];
  }

  get isText(): boolean {
    return this.declaration.type === "text";
  }

  get name(): string {
    return `c${this.#index}`;
  }

  get types(): DuckDBType[] {
    const { type } = this.declaration;
    if (type === "text") return this.isPlain ? [INTEGER, VARCHAR] : [INTEGER];
    return [type === "bool" ? INTEGER : DOUBLE];
  }

  /** True when this batch would take the dictionary past its limit. Codes are assigned on the way. */
  overflows(values: ColumnValues): boolean {
    if (!this.isText || this.isPlain) return false;
    // Long runs of one value are the rule: sensor, unit, file.
    let last: unknown = null;
    for (const value of values) {
      if (typeof value !== "string" || value === last) continue;
      last = value;
      if (!this.#codes.has(value)) this.#codes.set(Array.from(value).join(""), this.#codes.size);
    }
    return this.#codes.size > DICTIONARY_MAX;
  }

  /** Fills the vectors of this column from rows `from` to `from + count` of a batch. */
  fill(chunk: DuckDBDataChunk, at: ChunkPart, values: ColumnValues): void {
    const vector = chunk.getColumnVector(at.vector);
    if (values instanceof Float64Array) {
      if (!(vector instanceof DuckDBDoubleVector))
        throw new TypeError(`Column ${this.declaration.name} takes no numbers.`);
      for (let i = 0; i < at.count; i++) vector.setItem(i, values[at.from + i]!);
      vector.flush();
      return;
    }
    if (!(vector instanceof DuckDBIntegerVector)) throw new TypeError(`Column ${this.declaration.name} takes numbers.`);
    for (let i = 0; i < at.count; i++) vector.setItem(i, this.#codeOf(values[at.from + i] ?? null));
    vector.flush();
    if (this.isPlain) this.#fillPlain(chunk, at, values);
  }

  #lastText = "";
  #lastCode = MISSING_CODE;

  #codeOf(value: string | boolean | number | null): number {
    if (value === null) return MISSING_CODE;
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value !== "string" || this.isPlain) return MISSING_CODE;
    if (value !== this.#lastText || this.#lastCode === MISSING_CODE) {
      this.#lastCode = this.#codes.get(value) ?? MISSING_CODE;
      this.#lastText = value;
    }
    return this.#lastCode;
  }

  #fillPlain(chunk: DuckDBDataChunk, at: ChunkPart, values: ColumnValues): void {
    const vector = chunk.getColumnVector(at.plainVector);
    for (let i = 0; i < at.count; i++) {
      const value = values[at.from + i];
      vector.setItem(i, typeof value === "string" ? value : null);
    }
    vector.flush();
  }

  /** SQL that gives the column back as it was. */
  toSql(): string {
    const { type, name } = this.declaration;
    const missing = `isnan(${this.name})`;
    const expression = {
      text: this.isPlain
        ? `coalesce(getvariable('${this.name}')[${this.name} + 1], ${this.name}_text)`
        : `getvariable('${this.name}')[${this.name} + 1]`,
      double: `case when ${missing} then null else ${this.name} end`,
      int: `case when ${missing} then null else ${this.name}::bigint end`,
      instant: `case when ${missing} then null else make_timestamptz((${this.name} * 1000)::bigint) end`,
      bool: `case ${this.name} when 1 then true when 0 then false end`,
    }[type];
    return `${expression} as ${quoteName(name)}`;
  }
}
