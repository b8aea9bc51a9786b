import { artifactParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { downloadArtifact } from "#lib/datasets/service/download";

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "The bytes of an artifact, which never change: a raw file, a table, a log",
    params: artifactParams,
    produces: ["application/octet-stream"],
  },
  ({ ctx, input, request }) => downloadArtifact(ctx, input.params.artifactId, request),
);
