import { lineSearch, lineSearchQuery } from "#lib/datasets/lines/schema";
import { searchLines } from "#lib/datasets/lines/service/search-lines";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "The lines of a text that hold some words, counted and with their numbers",
    params: artifactParams,
    query: lineSearchQuery,
    response: lineSearch,
  },
  ({ ctx, input }) => searchLines(ctx, input.params.artifactId, input.query),
);
