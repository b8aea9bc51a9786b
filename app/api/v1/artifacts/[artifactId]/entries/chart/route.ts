import { entryChart, entryChartQuery } from "#lib/datasets/archive/schema";
import { chartEntry } from "#lib/datasets/archive/service/chart-entry";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "One column of a table in a zip over another, as points to draw",
    params: artifactParams,
    query: entryChartQuery,
    response: entryChart,
  },
  ({ ctx, input }) => chartEntry(ctx, input.params.artifactId, input.query),
);
