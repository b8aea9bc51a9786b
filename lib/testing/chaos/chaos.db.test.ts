import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { checkIsolation } from "#lib/runner/executors/sandbox/availability";
import { repositoryRoot } from "#lib/stack/repository-root";

/** What execFile rejects with: the output up to the end, which says what was broken. */
const failed = z.object({ stdout: z.string() });
const LIMIT_MS = 240_000;

test.skipIf(!(await checkIsolation()).isAvailable)(
  "a sample of what can go wrong with an app ends in one state each, with a log and nothing left",
  async () => {
    const args = [join(repositoryRoot, "bin", "chaos.ts"), "runner", "--runs", "24", "--seed", "ci"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS }).catch(
      (error: unknown) => ({ stdout: failed.parse(error).stdout }),
    );
    expect(stdout.trim().split("\n").at(-1), stdout).toBe("24 passed, 0 failed");
  },
  LIMIT_MS,
);

/** A process of its own: the suite brings its own database, storage and worker, and sets its own environment. */
test.each([
  ["uploads and runs", "core", 3],
  ["vehicles send and people watch", "driving", 4],
])(
  "nothing acknowledged is lost or doubled when processes are killed: %s",
  async (_what, suite, rounds) => {
    const args = [
      join(repositoryRoot, "bin", "chaos.ts"),
      suite,
      "--runs",
      String(rounds),
      "--seed",
      "ci",
      "--rows",
      "1500",
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS }).catch(
      (error: unknown) => ({ stdout: failed.parse(error).stdout }),
    );
    expect(stdout.trim().split("\n").at(-1), stdout).toBe(`${rounds} passed, 0 failed`);
  },
  LIMIT_MS,
);
