import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import useSWR from "swr";
import { IconButton } from "#components/ui/icon-button";
import { classNames } from "#lib/format/class-names";
import { entryRows } from "#lib/datasets/archive/schema";
import { formatNumber } from "#lib/format/numbers";
import { apiFetch } from "#lib/http/client";
import { entryApi, FIXED } from "./archive-files.ts";
import type { EntryTableProps } from "./entry-table.tsx";

const PAGE_ROWS = 100;

/** The rows of a table, a hundred at a time. */
export function TablePages({ artifactId, path, table }: EntryTableProps) {
  const { columns, kinds } = table;
  const [offset, setOffset] = useState(0);
  const first = { offset: 0, rows: table.rows, hasMore: table.isCut, isCut: false };
  const address = entryApi(artifactId, "rows", { path, offset: String(offset), limit: String(PAGE_ROWS) });
  const answer = useSWR(offset === 0 ? null : address, (at) => apiFetch(at, { response: entryRows }), {
    ...FIXED,
    keepPreviousData: true,
  });
  const page = offset === 0 ? first : (answer.data ?? first);
  const isPending = page.offset !== offset;
  const look = (index: number) => (kinds[index] === "number" ? "text-right" : "text-left");
  return (
    <>
      <div
        role="region"
        aria-label={`${path}, table`}
        aria-busy={isPending}
        tabIndex={0}
        className={classNames("max-h-[360px] overflow-auto", isPending && "opacity-60")}
      >
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
            {page.rows.map((row, at) => (
              <tr key={page.offset + at}>
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
      <div className="mt-1.5 flex items-center gap-2 text-xs text-muted">
        <span role="status">
          {answer.error ? "These rows could not be read just now." : rangeWords(page, isPending)}
        </span>
        {offset > 0 || page.hasMore ? (
          <span className="ml-auto flex gap-1">
            {offset === 0 ? null : (
              <IconButton
                label="Earlier rows"
                icon={ChevronLeft}
                size="sm"
                onClick={() => setOffset(offset - PAGE_ROWS)}
              />
            )}
            {page.hasMore ? (
              <IconButton
                label="Later rows"
                icon={ChevronRight}
                size="sm"
                pending={isPending}
                onClick={() => setOffset(offset + PAGE_ROWS)}
              />
            ) : null}
          </span>
        ) : null}
      </div>
    </>
  );
}

interface Shown {
  offset: number;
  rows: readonly unknown[];
  hasMore: boolean;
  isCut: boolean;
}

function rangeWords({ offset, rows, hasMore, isCut }: Shown, isPending: boolean): string {
  if (isPending) return "Reading on";
  if (rows.length === 0) return isCut ? "The file goes on; the download has all of it." : "No row.";
  const range = `Rows ${formatNumber(offset + 1)} to ${formatNumber(offset + rows.length)}`;
  if (isCut) return `${range}. The file goes on; the download has all of it.`;
  return hasMore ? range : `${range}, the last`;
}
