import { entryPreview, entryQuery } from "#lib/datasets/archive/schema";
import { previewEntry } from "#lib/datasets/archive/service/preview-entry";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "The beginning of a file in a zip: a table, a text, or the shapes of a GeoJSON map",
    params: artifactParams,
    query: entryQuery,
    response: entryPreview,
  },
  ({ ctx, input }) => previewEntry(ctx, input.params.artifactId, input.query.path),
);
