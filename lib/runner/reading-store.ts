import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { newId } from "#lib/ids";
import { enqueueJob } from "#lib/jobs/enqueue";

/** The commit whose fieldport.json is read. */
export interface ReadSource {
  gitUrl: string;
  gitRef: string;
  commitSha: string;
}

const problems = z.array(z.object({ pointer: z.string(), detail: z.string() }));

export interface ReadingRecord extends ReadSource {
  /** Its job names it: a later reading of the same app takes its place. */
  id: string;
  appId: string;
  /** Why it could not be read, or could not be the last time it was tried. */
  detail: string | null;
  /** What is wrong with the file, member by member. */
  problems: z.output<typeof problems>;
  createdByLabel: string;
  createdAt: Date;
  /** Null while it is being read. */
  failedAt: Date | null;
}

/** Has a worker read it; a reading of the app that is under way no longer counts. */
export async function beginReading(ctx: Ctx, appId: string, source: ReadSource): Promise<void> {
  const { workspaceId } = ctx;
  const { gitUrl, gitRef, commitSha } = source;
  const id = newId();
  const fresh = { id, gitUrl, gitRef, commitSha, detail: null, problems: [], failedAt: null };
  const data = { ...fresh, createdByLabel: ctx.actor.label, createdAt: ctx.now };
  await inWorkspace(ctx, async (tx) => {
    const where = { appId, workspaceId };
    await tx.appManifestReading.upsert({ where, create: { ...where, ...data }, update: data });
    const payload = { workspaceId, appId, readingId: id };
    await enqueueJob(ctx, { name: "read-app-manifest", payload, key: `read-app-manifest:${id}` });
  });
}

export async function findReading(ctx: Ctx, appId: string): Promise<ReadingRecord | null> {
  const where = { workspaceId: ctx.workspaceId, appId };
  const row = await inWorkspace(ctx, (tx) => tx.appManifestReading.findFirst({ where }));
  if (!row) return null;
  const { workspaceId: _, ...reading } = row;
  return { ...reading, problems: problems.parse(row.problems) };
}

/** Ends a reading, whatever came of it. False when it no longer counts. */
export async function dropReading(ctx: Ctx, appId: string, readingId?: string): Promise<boolean> {
  const where = { appId, workspaceId: ctx.workspaceId, ...(readingId === undefined ? {} : { id: readingId }) };
  return (await inWorkspace(ctx, (tx) => tx.appManifestReading.deleteMany({ where }))).count > 0;
}

/** Says what came in between; with `failedAt` nobody tries again by themselves. */
export async function noteReading(
  ctx: Ctx,
  readingId: string,
  said: Pick<ReadingRecord, "detail" | "problems" | "failedAt">,
): Promise<void> {
  const where = { id: readingId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.appManifestReading.updateMany({ where, data: said }));
}
