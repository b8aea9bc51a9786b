import { classNames } from "#lib/format/class-names";
import { countOf } from "#lib/format/lists";
import type { EntryPreview } from "#lib/datasets/archive/schema";

type TablePreview = Extract<EntryPreview, { kind: "table" }>;

/** The first rows of a table as they are written in the file. */
export function EntryTable({ table: { columns, rows, isCut }, path }: { table: TablePreview; path: string }) {
  const isNumeric = columns.map((_, index) => isNumberColumn(rows, index));
  const look = (index: number) => (isNumeric[index] ? "text-right" : "text-left");
  return (
    <>
      <div role="region" aria-label={`${path}, table`} tabIndex={0} className="max-h-[360px] overflow-auto">
        <table className="border-collapse text-sm tabular-nums">
          <caption className="sr-only">{path}</caption>
          <thead className="sticky top-0 bg-surface">
            <tr>
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={classNames(
                    "border-b border-line-strong py-1.5 pr-5 text-2xs font-medium whitespace-nowrap text-muted last:pr-0",
                    look(index),
                  )}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {columns.map((column, index) => (
                  <td
                    key={column}
                    className={classNames(
                      "max-w-[320px] truncate border-b border-line py-1.5 pr-5 whitespace-nowrap last:pr-0",
                      look(index),
                    )}
                  >
                    {row[index] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-1.5 text-xs text-muted">
        {isCut ? `The first ${countOf(rows.length, "row")}. The download has all.` : countOf(rows.length, "row")}
      </p>
    </>
  );
}

/** Numbers are compared by their digits' places, so they stand right. */
function isNumberColumn(rows: readonly string[][], index: number): boolean {
  const cells = rows.map((row) => row[index] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => /^[-+]?[\d.,]+(e[-+]?\d+)?$/i.test(cell.trim()));
}
