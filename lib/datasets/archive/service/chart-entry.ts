import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { Sniff } from "#lib/tables/sniff";
import { parseNumber } from "../../core/parse-number.ts";
import { proposeTimestamp } from "../../core/propose-timestamp.ts";
import { createTimestampParser } from "../../core/timestamp-parser.ts";
import { PointReducer } from "../core/point-reducer.ts";
import type { EntryChart } from "../schema.ts";
import { withTable } from "./read-table.ts";

interface Columns {
  path: string;
  x?: string | undefined;
  y: string;
}

/** One column of a table in a zip over another, or over its rows, as few enough points to draw. */
export function chartEntry(ctx: Ctx, artifactId: string, { path, x, y }: Columns): Promise<EntryChart> {
  return withTable(ctx, { artifactId, path }, async ({ sniffed, batches, isCut }) => {
    const yAt = placeOf(sniffed, y);
    const axis = x === undefined ? ROWS : axisOf(sniffed, placeOf(sniffed, x));
    const reducer = new PointReducer();
    let row = 0;
    for await (const batch of batches) {
      for (const cells of batch.rows) {
        if (cells.length === 1 && cells[0] === "") continue;
        row += 1;
        const [xValue, yValue] = [axis.read(cells, row), parseNumber(cells[yAt] ?? "", sniffed.decimalComma)];
        if (Number.isFinite(xValue) && Number.isFinite(yValue)) reducer.push(xValue, yValue);
      }
    }
    const { x: xs, y: ys, pairs } = reducer.end();
    const { xKind, hasOffset } = axis;
    return { xKind, hasOffset, points: { x: xs, y: ys }, rowCount: reducer.rowCount, pairs, isCut: isCut() };
  });
}

interface Axis extends Pick<EntryChart, "xKind" | "hasOffset"> {
  read: (cells: readonly string[], row: number) => number;
}

const ROWS: Axis = { xKind: "row", hasOffset: false, read: (_cells, row) => row };

function placeOf({ columns }: Sniff, name: string): number {
  const at = columns.indexOf(name);
  if (at < 0) throw new AppError("not_found", `The table has no column ${JSON.stringify(name.slice(0, 100))}.`);
  return at;
}

function axisOf({ sampleRows, decimalComma }: Sniff, at: number): Axis {
  const guess = proposeTimestamp(sampleRows.map((row) => row[at] ?? ""));
  if (guess === null) {
    return { xKind: "number", hasOffset: false, read: (cells) => parseNumber(cells[at] ?? "", decimalComma) };
  }
  const parser = createTimestampParser({ format: guess.format, timeZone: "UTC" });
  return { xKind: "time", hasOffset: guess.hasOffset, read: (cells) => parser.parse(cells[at] ?? "") };
}
