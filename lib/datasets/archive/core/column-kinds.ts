import { cellShape } from "#lib/tables/cell-shape";
import { proposeTimestamp } from "../../core/propose-timestamp.ts";
import type { ColumnKind } from "../schema.ts";

const SHARE_MIN = 0.9;

/** What the columns of a table hold, going by its first rows. A column of mostly numbers is one of numbers. */
export function columnKinds(rows: readonly (readonly string[])[], width: number): ColumnKind[] {
  return Array.from({ length: width }, (_, index) => {
    const cells = rows.map((row) => row[index] ?? "").filter((cell) => cell.trim() !== "");
    if (cells.length === 0) return "text";
    if (proposeTimestamp(cells) !== null) return "time";
    const numbers = cells.filter((cell) => cellShape(cell).startsWith("number")).length;
    return numbers >= cells.length * SHARE_MIN ? "number" : "text";
  });
}
