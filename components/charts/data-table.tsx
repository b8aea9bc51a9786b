import Link from "next/link";
import type { ChartTable } from "#lib/charts/chart-table";
import type { TableColumn } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";

export const TABLE_ROWS_MAX = 200;

/** Numbers without set decimals keep up to six, so that a table shows more than the picture, not less. */
function cellText(value: string | number | null | undefined, column: TableColumn): string {
  if (typeof value === "string") return value;
  return formatNumber(value, column.decimals === undefined ? { decimalsMax: 6 } : { decimals: column.decimals });
}

/** Only pages of the portal are linked: a view is data, and data may name any address. */
function Cell({ row, column }: { row: ChartTable["rows"][number]; column: TableColumn }) {
  const words = cellText(row[column.key], column);
  const href = column.hrefKey === undefined ? null : row[column.hrefKey];
  if (typeof href !== "string" || !/^\/[^/\\]/.test(href)) return words;
  return (
    <Link href={href} className="link">
      {words}
    </Link>
  );
}

interface DataTableProps {
  /** Said to screen readers; the title of the figure. */
  name: string;
  table: ChartTable;
  /** What a row is, in the plural: "drawn points" where a series was reduced. */
  rowNoun?: string;
  rowsMax?: number;
}

/** The table behind a figure: the first rows, scrolling inside itself. */
export function DataTable({ name, table, rowNoun = "rows", rowsMax = TABLE_ROWS_MAX }: DataTableProps) {
  const rows = table.rows.slice(0, rowsMax);
  const rowCount = table.rowCount ?? table.rows.length;
  const alignOf = (column: TableColumn) => (column.align === "right" ? "text-right" : "text-left");
  return (
    <div>
      <div role="region" aria-label={`${name}, table`} tabIndex={0} className="max-h-[360px] overflow-auto">
        <table className="w-full border-collapse text-sm tabular-nums">
          <caption className="sr-only">{name}</caption>
          <thead className="sticky top-0 bg-surface">
            <tr>
              {table.columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={classNames(
                    "border-b border-line-strong py-1.5 pr-3 align-bottom text-2xs font-medium whitespace-nowrap text-muted [font-stretch:88%] last:pr-0",
                    alignOf(column),
                  )}
                >
                  {column.label}
                  {column.unit ? <span className="font-normal">, {column.unit}</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {table.columns.map((column) => (
                  <td
                    key={column.key}
                    className={classNames("border-b border-line py-1.5 pr-3 last:pr-0", alignOf(column))}
                  >
                    <Cell row={row} column={column} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className="py-2 text-sm text-muted">No rows.</p>}
      {rowCount > rows.length && (
        <p className="mt-2 text-xs text-muted">
          The first {formatNumber(rows.length)} of {formatNumber(rowCount)} {rowNoun}. The CSV has all of them.
        </p>
      )}
    </div>
  );
}
