import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { cacheable } from "#lib/http/cacheable";
import { GET_VALID_S, presignGet, type Download } from "#lib/objects/presign";
import { findArtifact } from "../artifact-store.ts";
import { requireDataset } from "./get-dataset.ts";

/** Sends the browser straight to object storage with a link that is valid for a few minutes. */
async function redirectTo(objectKey: string, file: Download): Promise<Response> {
  const location = await presignGet(objectKey, file);
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}

export async function downloadRejects(ctx: Ctx, datasetId: string): Promise<Response> {
  const dataset = await requireDataset(ctx, datasetId);
  if (!dataset.rejects) throw new AppError("not_found", `${dataset.name} has no rejected rows.`);
  return redirectTo(dataset.rejects.objectKey, { fileName: `${dataset.name}-rejects.csv`, mediaType: "text/csv" });
}

/** The link is kept for less long than it is valid; the bytes behind it for good, and they are known by their hash. */
const LINK_POLICY = `private, max-age=${GET_VALID_S - 60}`;

export async function downloadArtifact(ctx: Ctx, artifactId: string, request: Request): Promise<Response> {
  const artifact = await findArtifact(ctx, artifactId);
  if (!artifact) throw new AppError("not_found", "There is no such artifact in this workspace.");
  const { objectKey, fileName, mediaType, sha256 } = artifact;
  const answer = await redirectTo(objectKey, { fileName, mediaType, isImmutable: true });
  return cacheable(request, answer, { tag: sha256, policy: LINK_POLICY });
}

export async function downloadTable(table: { objectKey: string }, name: string): Promise<Response> {
  return redirectTo(table.objectKey, { fileName: `${name}.parquet`, mediaType: "application/vnd.apache.parquet" });
}
