import type { QualityAccumulator } from "./quality-report.ts";
import type { Reject } from "./dataset-kind.ts";
import type { RowBatch } from "#lib/tables/row-batch";

/** The row a cleaner is looking at; one object, refilled for every row. */
export interface CurrentRow {
  row: number;
  fields: readonly string[];
  file: string | undefined;
}

export interface Fault {
  rule: string;
  column: string | null;
  value: string;
  detail: string;
}

/** Writes faults of rows into the report and, for those that cost the row or value, into the rejects. */
export class FaultLog {
  rejects: Reject[] = [];
  readonly #report: QualityAccumulator;
  readonly current: CurrentRow = { row: 0, fields: [], file: undefined };

  constructor(report: QualityAccumulator) {
    this.#report = report;
  }

  /** Counts a fault of the current row and keeps it as an example while there are few. */
  note({ rule, column, value, detail }: Fault): void {
    const counter = this.#report.rule(rule);
    const { row, file } = this.current;
    if (counter.hit(row)) counter.addExample({ row, column, value, detail, ...(file !== undefined && { file }) });
  }

  /** Like `note`, for a row or value that is not stored. */
  reject(fault: Fault): void {
    this.note(fault);
    const { row, fields, file } = this.current;
    const { rule, column, detail } = fault;
    this.rejects.push({ row, rule, column, detail, raw: fields, ...(file !== undefined && { file }) });
  }

  /** Takes over what the reader noticed in this batch. */
  noteReader(batch: RowBatch): void {
    this.current.file = batch.fileName;
    for (const { rule, row, detail } of batch.notes ?? []) {
      this.current.row = row;
      this.note({ rule, column: null, value: "", detail });
    }
  }

  /** False when the row is empty or has the wrong number of fields (trailing empty fields do not count). */
  hasShape(columnCount: number): boolean {
    const { fields, row } = this.current;
    if (fields.length === columnCount) return true;
    if (fields.length === 1 && fields[0]?.trim() === "") {
      this.#report.rule("blank_line").hit(row);
      return false;
    }
    if (fields.length > columnCount && fields.slice(columnCount).every((field) => field.trim() === "")) return true;
    const detail = `${fields.length} fields, the header has ${columnCount}`;
    this.reject({ rule: "row_shape", column: null, value: fields.join(" | "), detail });
    return false;
  }

  isBlank(): boolean {
    return this.current.fields.length === 1 && this.current.fields[0]?.trim() === "";
  }

  takeRejects(): Reject[] {
    const rejects = this.rejects;
    this.rejects = [];
    return rejects;
  }
}
