import { entryContentQuery } from "#lib/datasets/archive/schema";
import { sendEntry } from "#lib/datasets/archive/service/send-entry";
import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "One file of an artifact that is a zip, to be saved; a PNG or JPEG also to be shown",
    params: artifactParams,
    query: entryContentQuery,
    produces: ["application/octet-stream", "image/png", "image/jpeg"],
  },
  ({ ctx, input }) => {
    const { path, inline } = input.query;
    return sendEntry(ctx, input.params.artifactId, { path, inline: inline === "true" });
  },
);
