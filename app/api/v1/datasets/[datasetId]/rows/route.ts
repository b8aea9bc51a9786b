import { datasetParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { datasetRows, rowsQuery } from "#lib/datasets/schema";
import { readDatasetRows } from "#lib/datasets/service/read-rows";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "Rows as JSON pages, or everything as CSV, JSON lines or Parquet, by Accept or format",
    params: datasetParams,
    query: rowsQuery,
    response: datasetRows,
    produces: ["text/csv", "application/x-ndjson", "application/vnd.apache.parquet"],
  },
  ({ ctx, input, request }) =>
    readDatasetRows(ctx, input.params.datasetId, input.query, request.headers.get("accept") ?? ""),
);
