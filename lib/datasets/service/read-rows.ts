import { csvCell } from "#lib/tables/csv-cell";
import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { openRemoteTable, type RemoteTable } from "../remote-table.ts";
import type { datasetRows, rowsQuery } from "../schema.ts";
import { downloadTable } from "./download.ts";
import { requireDataset } from "./get-dataset.ts";

const BATCH_ROWS = 20_000;

/** A dataset's rows in the form the caller asks for; text is streamed, Parquet comes straight from storage. */
export async function readDatasetRows(
  ctx: Ctx,
  datasetId: string,
  page: z.output<typeof rowsQuery>,
  accept: string,
): Promise<z.input<typeof datasetRows> | Response> {
  const dataset = await requireDataset(ctx, datasetId);
  if (!dataset.table) throw new AppError("not_found", `${dataset.name} has no table.`);
  const format = page.format ?? formatOf(accept);
  if (format === "parquet") return downloadTable(dataset.table, dataset.name);
  const table = await openRemoteTable(dataset.table);
  if (format === "csv") return csvResponse(table, dataset.name);
  if (format === "jsonl") return jsonLinesResponse(table, dataset.name);
  const rows = await table.readRows(page.offset, Math.min(page.offset + page.limit, table.rowCount));
  return { columns: table.columns, rows, offset: page.offset, total: table.rowCount };
}

type Format = NonNullable<z.output<typeof rowsQuery>["format"]>;

function formatOf(accept: string): Format {
  if (accept.includes("parquet")) return "parquet";
  if (accept.includes("text/csv")) return "csv";
  return /application\/(x-ndjson|jsonl)/.test(accept) ? "jsonl" : "json";
}

type Row = Record<string, unknown>;

function csvResponse(table: RemoteTable, name: string): Response {
  const lineOf = (row: Row) => `${table.columns.map((column) => csvCell(row[column])).join(",")}\r\n`;
  const head = `${table.columns.map(csvCell).join(",")}\r\n`;
  return streamedRows(table, { head, lineOf, fileName: `${name}.csv`, mediaType: "text/csv; charset=utf-8" });
}

function jsonLinesResponse(table: RemoteTable, name: string): Response {
  const lineOf = (row: Row) => `${JSON.stringify(row)}\n`;
  return streamedRows(table, { head: "", lineOf, fileName: `${name}.jsonl`, mediaType: "application/x-ndjson" });
}

interface TextForm {
  head: string;
  lineOf: (row: Row) => string;
  fileName: string;
  mediaType: string;
}

/** Every row as text, a batch at a time as the reader takes them. */
function streamedRows(table: RemoteTable, { head, lineOf, fileName, mediaType }: TextForm): Response {
  const encoder = new TextEncoder();
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    pull: async (controller) => {
      if (next >= table.rowCount) {
        controller.close();
        return;
      }
      const end = Math.min(next + BATCH_ROWS, table.rowCount);
      const rows = await table.readRows(next, end);
      next = end;
      controller.enqueue(encoder.encode(rows.map(lineOf).join("")));
    },
  });
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  return new Response(body, { headers: { "content-type": mediaType, "content-disposition": disposition } });
}
