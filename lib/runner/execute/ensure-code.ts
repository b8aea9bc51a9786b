import type { Ctx } from "#lib/auth/context";
import { RunFailure } from "#lib/runs/run-failure";
import { fetchCommit } from "../git/fetch-commit.ts";
import { openGitToken } from "../service/open-git-token.ts";
import { requireApp, setRevisionCode, type RevisionRecord } from "../store.ts";
import type { RunLog } from "./run-log.ts";
import { storeRunFile } from "./store-run-file.ts";

interface Work {
  runId: string;
  tempDir: string;
  log: RunLog;
  signal: AbortSignal;
}

/**
 * The stored code of a revision. The first run of a commit fetches it; from then on the repository is not needed any
 * more, and every run of the revision reads the same bytes.
 */
export async function ensureCode(ctx: Ctx, revision: RevisionRecord, work: Work): Promise<string> {
  const { codeArtifactId, gitUrl, commitSha } = revision;
  if (codeArtifactId) return codeArtifactId;
  if (!gitUrl || !commitSha) throw new RunFailure("fetching_code", "The code of this revision is not stored.");
  const { runId, tempDir, log, signal } = work;
  const token = openGitToken(ctx, await requireApp(ctx, revision.appId));
  log.note(`fetching ${commitSha} from ${gitUrl}`);
  const fetching = { id: runId, tempDir, signal, onOutput: (chunk: Buffer) => log.output(chunk) };
  const path = await fetchCommit({ url: gitUrl, commitSha, token }, fetching);
  const fileName = `code-${commitSha.slice(0, 12)}.zip`;
  const artifactId = await storeRunFile(ctx, runId, { path, fileName, mediaType: "application/zip" });
  await setRevisionCode(ctx, revision.id, artifactId);
  return artifactId;
}

/** The token as something that logs must not show. */
export async function gitSecretsOf(ctx: Ctx, revision: RevisionRecord): Promise<string[]> {
  if (revision.codeArtifactId) return [];
  const token = openGitToken(ctx, await requireApp(ctx, revision.appId));
  return token === null ? [] : [token];
}
