import { datasetParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { downloadRejects } from "#lib/datasets/service/download";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "Rows that were not kept, with rule and reason, as CSV",
    params: datasetParams,
    produces: ["text/csv"],
  },
  ({ ctx, input }) => downloadRejects(ctx, input.params.datasetId),
);
