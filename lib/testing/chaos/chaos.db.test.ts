import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { repositoryRoot } from "#lib/stack/repository-root";

/** What execFile rejects with: the output up to the end, which says what was broken. */
const failed = z.object({ stdout: z.string() });
const LIMIT_MS = 240_000;

/** A process of its own: the suite brings its own database, storage and worker, and sets its own environment. */
test.each([
  ["uploads and runs", "core"],
  ["vehicles send and people watch", "driving"],
])(
  "nothing acknowledged is lost or doubled when processes are killed: %s",
  async (_what, suite) => {
    const args = [join(repositoryRoot, "bin", "chaos.ts"), suite, "--runs", "3", "--seed", "ci", "--rows", "1500"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS }).catch(
      (error: unknown) => ({ stdout: failed.parse(error).stdout }),
    );
    expect(stdout.trim().split("\n").at(-1), stdout).toBe("3 passed, 0 failed");
  },
  LIMIT_MS,
);
