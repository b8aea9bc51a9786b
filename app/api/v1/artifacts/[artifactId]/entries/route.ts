import { archiveListing } from "#lib/datasets/archive/schema";
import { listEntries } from "#lib/datasets/archive/service/list-entries";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "The files in an artifact that is a zip",
    params: artifactParams,
    response: archiveListing,
  },
  ({ ctx, input }) => listEntries(ctx, input.params.artifactId),
);
