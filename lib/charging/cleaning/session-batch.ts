import type { ColumnValues } from "#lib/tables/column";
import { SESSION_COLUMNS } from "./session-columns.ts";

/** Cells of one kept session, in the order of SESSION_COLUMNS. */
export type SessionCells = (string | number | null)[];

/** Collects kept sessions column by column. */
export class SessionBatch {
  readonly #rows: SessionCells[] = [];

  add(cells: SessionCells): void {
    this.#rows.push(cells);
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  toColumns(): ColumnValues[] {
    return SESSION_COLUMNS.map(({ type }, column): ColumnValues => {
      if (type === "text") return this.#rows.map((cells) => cells[column] as string | null);
      return Float64Array.from(this.#rows, (cells) => cells[column] as number);
    });
  }
}
