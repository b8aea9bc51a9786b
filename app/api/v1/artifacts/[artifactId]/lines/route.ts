import { linesQuery, textLines } from "#lib/datasets/lines/schema";
import { readLines } from "#lib/datasets/lines/service/read-lines";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "Some lines of a text, such as a log, by their numbers",
    params: artifactParams,
    query: linesQuery,
    response: textLines,
  },
  ({ ctx, input }) => readLines(ctx, input.params.artifactId, input.query),
);
