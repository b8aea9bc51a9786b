import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { datasetView, listDatasetsQuery } from "#lib/datasets/schema";
import { listDatasetViews } from "#lib/datasets/service/get-dataset";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "List datasets, newest first",
    query: listDatasetsQuery,
    response: pageOf(datasetView),
  },
  ({ ctx, input }) => listDatasetViews(ctx, input.query),
);
