import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { openRemoteTable, type RemoteTable } from "../remote-table.ts";
import type { datasetRows, rowsQuery } from "../schema.ts";
import { downloadTable } from "./download.ts";
import { requireDataset } from "./get-dataset.ts";

const CSV_BATCH_ROWS = 20_000;

/** A dataset's rows in the form the caller asks for; CSV is streamed, Parquet comes straight from storage. */
export async function readDatasetRows(
  ctx: Ctx,
  datasetId: string,
  page: z.output<typeof rowsQuery>,
  accept: string,
): Promise<z.input<typeof datasetRows> | Response> {
  const dataset = await requireDataset(ctx, datasetId);
  if (!dataset.table) throw new AppError("not_found", `${dataset.name} has no table.`);
  if (accept.includes("parquet")) return downloadTable(dataset.table, dataset.name);
  const table = await openRemoteTable(dataset.table);
  if (accept.includes("text/csv")) return csvResponse(table, dataset.name);
  const rows = await table.readRows(page.offset, Math.min(page.offset + page.limit, table.rowCount));
  return { columns: table.columns, rows, offset: page.offset, total: table.rowCount };
}

function csvResponse(table: RemoteTable, name: string): Response {
  const encoder = new TextEncoder();
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`${table.columns.join(",")}\r\n`)),
    pull: async (controller) => {
      if (next >= table.rowCount) return controller.close();
      const end = Math.min(next + CSV_BATCH_ROWS, table.rowCount);
      const rows = await table.readRows(next, end);
      next = end;
      const lines = rows.map((row) => table.columns.map((column) => csvCell(row[column])).join(","));
      controller.enqueue(encoder.encode(lines.length > 0 ? `${lines.join("\r\n")}\r\n` : ""));
    },
  });
  const fileName = encodeURIComponent(`${name}.csv`);
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename*=UTF-8''${fileName}`,
    },
  });
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text =
    typeof value === "string"
      ? value
      : typeof value === "number" || typeof value === "boolean"
        ? String(value)
        : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
