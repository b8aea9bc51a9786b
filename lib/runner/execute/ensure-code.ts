import type { Ctx } from "#lib/auth/context";
import { RunFailure } from "#lib/runs/run-failure";
import type { RevisionRecord } from "../store.ts";
import type { RunLog } from "./run-log.ts";

/** The stored code of a revision, fetched from its repository where that has not happened yet. */
export function ensureCode(
  _ctx: Ctx,
  revision: RevisionRecord,
  _work: { tempDir: string; log: RunLog; signal: AbortSignal },
): Promise<string> {
  if (revision.codeArtifactId) return Promise.resolve(revision.codeArtifactId);
  throw new RunFailure("fetching_code", "The code of this revision is not stored.");
}
