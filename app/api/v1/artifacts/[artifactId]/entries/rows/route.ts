import { entryRows, entryRowsQuery } from "#lib/datasets/archive/schema";
import { readEntryRows } from "#lib/datasets/archive/service/read-entry-rows";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "Rows of a table in a zip, a page at a time",
    params: artifactParams,
    query: entryRowsQuery,
    response: entryRows,
  },
  ({ ctx, input }) => readEntryRows(ctx, input.params.artifactId, input.query),
);
