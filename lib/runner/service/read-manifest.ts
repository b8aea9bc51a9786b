import { rm } from "node:fs/promises";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError, isAppError } from "#lib/errors";
import { makeScratchDir } from "#lib/runs/execute/scratch-dir";
import { RunFailure } from "#lib/runs/run-failure";
import { MANIFEST_NAME, parseManifest, type AppManifest } from "../core/manifest.ts";
import { makeRedactor } from "../core/redact.ts";
import { storeContent } from "../execute/store-run-file.ts";
import { readZipText } from "../files/safe-zip.ts";
import { fetchCommit } from "../git/fetch-commit.ts";
import { upsertZipArtifact } from "../input-store.ts";
import { dropReading, findReading, noteReading, type ReadingRecord } from "../reading-store.ts";
import { findCodeOfCommit, requireApp } from "../store.ts";
import { openGitToken } from "./open-git-token.ts";
import { readCodeText } from "./resolve-source.ts";
import { saveRevision } from "./save-revision.ts";

interface Reading {
  appId: string;
  readingId: string;
}

/**
 * Reads the fieldport.json of a commit, fetched as its first run would fetch it, and makes the app's next revision of
 * both. What is wrong stays with the app until somebody begins anew.
 * @throws RunFailure that may pass, to be tried again, unless it was the last try
 */
export async function readManifest(
  ctx: Ctx,
  { appId, readingId }: Reading,
  { signal, isLastTry }: { signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const reading = await findReading(ctx, appId);
  if (reading?.id !== readingId || reading.failedAt !== null) return;
  const app = await requireApp(ctx, appId);
  const token = openGitToken(ctx, app);
  try {
    const code = await findManifest(ctx, reading, { token, signal });
    const { gitUrl, gitRef, commitSha } = reading;
    const pinned = { sourceKind: "git" as const, gitUrl, gitRef, commitSha, codeHash: commitSha };
    await inWorkspace(ctx, async () => {
      if (!(await dropReading(ctx, appId, readingId))) return;
      const by = { ...ctx, actor: { ...ctx.actor, label: reading.createdByLabel } };
      await saveRevision(by, appId, { source: { ...pinned, ...code }, manifest: null });
    });
  } catch (error) {
    const mayPass = !isAppError(error) || (error instanceof RunFailure && error.isTemporary);
    const redactor = makeRedactor(token === null ? [] : [token], (text) => Buffer.from(text).toString("base64"));
    const detail = isAppError(error) ? redactor.redact(error.message) : "Something went wrong here, not in the app.";
    const isOver = isLastTry || !mayPass;
    const problems = isAppError(error) ? error.fields.filter(({ pointer }) => pointer !== "") : [];
    await noteReading(ctx, readingId, { detail, problems, failedAt: isOver ? new Date() : null });
    if (mayPass) throw error;
  }
}

interface Access {
  token: string | null;
  signal: AbortSignal;
}

async function findManifest(
  ctx: Ctx,
  reading: ReadingRecord,
  access: Access,
): Promise<{ codeArtifactId: string; manifest: AppManifest }> {
  const { appId, commitSha } = reading;
  const stored = await findCodeOfCommit(ctx, appId, commitSha);
  const code = stored
    ? { codeArtifactId: stored, text: await readCodeText(ctx, stored, "The repository") }
    : await fetchCode(ctx, reading, access);
  const commit = commitSha.slice(0, 12);
  if (code.text === null) {
    throw new AppError("invalid_input", `Commit ${commit} has no ${MANIFEST_NAME} at the top of the repository.`);
  }
  const manifest = parseManifest(code.text, `${MANIFEST_NAME} of commit ${commit}`);
  return { codeArtifactId: code.codeArtifactId, manifest };
}

/** The bytes stay for the runs, which then do without the repository. */
async function fetchCode(ctx: Ctx, reading: ReadingRecord, { token, signal }: Access) {
  const { id, gitUrl: url, commitSha } = reading;
  const tempDir = await makeScratchDir();
  try {
    const path = await fetchCommit({ url, commitSha, token }, { id, tempDir, signal, onOutput: () => undefined });
    const text = await readZipText(path, MANIFEST_NAME, "The repository");
    const file = { path, fileName: `code-${commitSha.slice(0, 12)}.zip`, mediaType: "application/zip" };
    const { mediaType: _, ...content } = await storeContent(ctx, file);
    return { text, codeArtifactId: await upsertZipArtifact(ctx, content) };
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}
