import type { Ctx } from "#lib/auth/context";
import { newId, sha256Hex } from "#lib/ids";
import { artifactKey, uploadKey } from "#lib/objects/keys";
import { systemDb } from "#lib/db/client";
import { putTestObject } from "#lib/testing/objects";
import type { AppManifest } from "../core/manifest.ts";
import { createAppInput, type AppDetail } from "../schema.ts";
import { createApp } from "../service/create-app.ts";
import { zipOf } from "./zips.ts";

/** A checked upload of these bytes, as it is after the upload's own check. */
export async function storedUpload(ctx: Ctx, bytes: Buffer, fileName: string) {
  const { workspaceId } = ctx;
  const [uploadId, sha256] = [newId(), sha256Hex(bytes)];
  const objectKey = artifactKey(workspaceId, sha256);
  await putTestObject(objectKey, bytes);
  const file = { sizeBytes: bytes.length, mediaType: "application/zip", fileName, objectKey };
  await systemDb().artifact.createMany({ data: [{ id: newId(), workspaceId, sha256, ...file }], skipDuplicates: true });
  const where = { workspaceId_sha256: { workspaceId, sha256 } };
  const { id: artifactId } = await systemDb().artifact.findUniqueOrThrow({ where, select: { id: true } });
  const places = { objectKey: uploadKey(workspaceId, uploadId, fileName), partSizeBytes: 1, createdBy: "test" };
  await systemDb().upload.create({
    data: {
      id: uploadId,
      workspaceId,
      fileName,
      kind: "file",
      sizeBytes: bytes.length,
      state: "checked",
      artifactId,
      ...places,
    },
  });
  return { uploadId, artifactId };
}

interface TestApp {
  slug?: string;
  /** Text of main.py. */
  source: string;
  manifest?: object;
  secrets?: Record<string, string>;
  takesDropped?: boolean;
  files?: Record<string, string | Buffer>;
}

/** One whose code is here, and so its manifest. */
type RunnableApp = AppDetail & { revisionId: string; manifest: AppManifest };

export async function makeTestApp(ctx: Ctx, { source, manifest, files: more, ...app }: TestApp): Promise<RunnableApp> {
  const files = {
    ...more,
    "main.py": source,
    "fieldport.json": JSON.stringify({ entryPoint: "main.py", ...manifest }),
  };
  const { uploadId } = await storedUpload(ctx, await zipOf(files), "app.zip");
  const input = { slug: "means", name: "Means", source: { kind: "bundle", uploadId }, ...app };
  const made = await createApp(ctx, createAppInput.parse(input));
  if (made.revisionId === null || made.manifest === null) throw new Error("an app from a zip has its manifest");
  return { ...made, revisionId: made.revisionId, manifest: made.manifest };
}

/** Copies its input to its output, beside what it is told. */
export const GOOD_APP = `
import os, shutil, sys
print("reading", os.environ["FIELDPORT_INPUT"])
shutil.copy(os.environ["FIELDPORT_INPUT"], os.environ["FIELDPORT_OUTPUT"])
`;
