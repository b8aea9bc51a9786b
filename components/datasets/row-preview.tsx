"use client";

import { useState } from "react";
import useSWR from "swr";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { SkeletonRows } from "#components/ui/skeleton";
import { Dimmed } from "#components/ui/stale-note";
import { apiFetch, ProblemError } from "#lib/http/client";
import { datasetRows } from "#lib/datasets/schema";
import { formatNumber } from "#lib/format/numbers";

const PAGE_ROWS = 25;

/** The rows as they are stored, a page at a time, read by ranges from object storage. */
export function RowPreview({ datasetId }: { datasetId: string }) {
  const [offset, setOffset] = useState(0);
  const path = `/api/v1/datasets/${datasetId}/rows?offset=${offset}&limit=${PAGE_ROWS}`;
  const answer = useSWR(path, (address) => apiFetch(address, { response: datasetRows }), {
    keepPreviousData: true,
    revalidateOnFocus: false,
  });
  const { data, isLoading, mutate } = answer;
  const error: unknown = answer.error;
  if (error !== undefined) {
    const problem = error instanceof ProblemError ? error : null;
    return (
      <ErrorState
        title="The rows could not be read"
        requestId={problem?.requestId ?? undefined}
        actions={
          <Button size="sm" onClick={() => void mutate()}>
            Try again
          </Button>
        }
      >
        {problem?.detail ?? "The answer could not be understood."}
      </ErrorState>
    );
  }
  if (!data) return <SkeletonRows rows={8} label="Reading the first rows" />;
  const last = Math.min(data.offset + data.rows.length, data.total);
  return (
    <>
      <Dimmed stale={isLoading}>
        <Rows columns={data.columns} rows={data.rows} />
      </Dimmed>
      <nav aria-label="Rows" className="mt-3 flex flex-wrap items-center gap-2 text-xs text-muted">
        <span role="status">
          Rows {formatNumber(data.total === 0 ? 0 : data.offset + 1)} to {formatNumber(last)} of{" "}
          {formatNumber(data.total)}
        </span>
        <span className="flex-1" />
        {offset > 0 ? (
          <Button size="sm" onClick={() => setOffset(Math.max(0, offset - PAGE_ROWS))}>
            Earlier rows
          </Button>
        ) : null}
        {last < data.total ? (
          <Button size="sm" onClick={() => setOffset(offset + PAGE_ROWS)}>
            Next rows
          </Button>
        ) : null}
      </nav>
    </>
  );
}

function Rows({ columns, rows }: { columns: readonly string[]; rows: readonly Record<string, unknown>[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Rows of the dataset">
      <table className="w-full border-collapse font-mono text-xs">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="border-b border-line-strong py-1.5 pr-4 text-left font-medium whitespace-nowrap text-muted last:pr-0"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-line last:border-b-0">
              {columns.map((column) => (
                <td
                  key={column}
                  className={`h-(--row-dense) pr-4 whitespace-nowrap last:pr-0 ${typeof row[column] === "number" ? "text-right" : ""}`}
                >
                  {cellText(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
