import { datasetParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { datasetView } from "#lib/datasets/schema";
import { getDataset } from "#lib/datasets/service/get-dataset";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "One dataset with its quality report and files",
    params: datasetParams,
    response: datasetView,
  },
  ({ ctx, input }) => getDataset(ctx, input.params.datasetId),
);
