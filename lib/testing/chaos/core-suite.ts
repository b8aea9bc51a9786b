import { setTimeout as delay } from "node:timers/promises";
import { systemContext } from "#lib/auth/context";
import { createApiKey } from "#lib/auth/service/api-keys";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { messageOf } from "#lib/errors";
import { createRandom, type Random } from "#lib/math/random";
import { waitUntil } from "#lib/stack/processes";
import { ensureWorkspace } from "#lib/workspaces/store";
import { readLogs, startChaosStack, type ChaosStack } from "./chaos-stack.ts";
import { findOrphans } from "./orphans.ts";
import { planFiles } from "./plan-files.ts";
import { planOrder } from "./plan-order.ts";
import { createPortalClient } from "./portal-client.ts";
import { describeOpen, waitUntilSettled } from "./settle.ts";
import { strike, VICTIMS, type Victim } from "./victims.ts";
import { verifyRound } from "./verify-round.ts";

export interface CoreSuiteOptions {
  rounds: number;
  /** Equal seeds give the same files, victims and moments. */
  seed: string;
  say: (line: string) => void;
  /** Rows of each file of readings: how long imports take. */
  rowsPerFile: number;
}

const STRIKE_WITHIN_MS = 4000;
const UPLOAD_LIMIT_MS = 60_000;
const SETTLE_LIMIT_MS = 90_000;
const TIDY_LIMIT_MS = 15_000;

/** Rounds of uploads and runs, each with one process killed at a random moment, each verified once all is quiet. */
export async function runCoreSuite(options: CoreSuiteOptions): Promise<{ passed: number; failed: number }> {
  const random = createRandom(`chaos ${options.seed}`);
  const stack = await startChaosStack();
  let passed = 0;
  let failed = 0;
  try {
    for (const [index, victim] of planOrder(random, VICTIMS, options.rounds).entries()) {
      const round = { no: index + 1, victim, random: random.fork(`round ${index + 1}`), stack, options };
      const startedMs = performance.now();
      const { what, problems } = await playRound(round).catch((error: unknown) => ({
        what: `wanted to kill ${victim}`,
        problems: [messageOf(error)],
      }));
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      const verdict = problems.length === 0 ? "ok" : "FAILED";
      options.say(`${verdict.padEnd(6)} round ${round.no}/${options.rounds}: ${what}, ${seconds} s`);
      for (const problem of problems) options.say(`       ${problem}`);
      if (problems.length === 0) passed += 1;
      else failed += 1;
      if (stack.givenUp()) break;
    }
    if (failed > 0) options.say(readLogs(stack.dir));
  } finally {
    await closeDb();
    await closePool();
    await stack.stop();
  }
  return { passed, failed: failed + (options.rounds - passed - failed) };
}

interface Round {
  no: number;
  victim: Victim;
  random: Random;
  stack: ChaosStack;
  options: CoreSuiteOptions;
}

async function playRound({ no, victim, random, stack, options }: Round): Promise<{ what: string; problems: string[] }> {
  const { workspaceId, apiKey } = await createChaosWorkspace(no);
  const deadline = AbortSignal.timeout(UPLOAD_LIMIT_MS);
  const client = createPortalClient({ url: stack.url, apiKey, deadline });
  const files = random.shuffle(planFiles(random.fork("files"), options.rowsPerFile));
  const uploads = Promise.all(
    files.map(async (file, index) => {
      await delay(index * random.integer(0, 150));
      return client.upload(file);
    }),
  );
  const checks = Promise.all(
    [2, 4].map(async (gapSteps) => {
      await delay(random.integer(0, STRIKE_WITHIN_MS));
      return client.startCheck(gapSteps);
    }),
  );
  const momentMs = random.integer(0, STRIKE_WITHIN_MS);
  const blow = delay(momentMs).then(() => strike(stack, victim, random));
  const [acknowledged, runIds, what] = await Promise.all([uploads, checks, blow]);

  const told = `${what} after ${momentMs} ms`;
  const open = await waitUntilSettled(workspaceId, SETTLE_LIMIT_MS);
  if (open) return { what: told, problems: [open, await describeOpen(workspaceId)] };
  const problems = await verifyRound({ workspaceId, acknowledged, runIds });
  // The worker tidies every few seconds.
  await waitUntil(() => stack.leftovers().length === 0, TIDY_LIMIT_MS);
  const left = stack.leftovers().map((name) => `temporary folder ${name} was left behind`);
  return { what: `${told}${await retriesOf(workspaceId)}`, problems: [...problems, ...findOrphans(stack), ...left] };
}

async function createChaosWorkspace(no: number): Promise<{ workspaceId: string; apiKey: string }> {
  const slug = `chaos-${no}`;
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e12 });
  const ctx = systemContext(id, "chaos", new Date());
  const scopes = ["uploads:create", "uploads:read", "runs:create", "runs:read"] as const;
  const { key } = await createApiKey(ctx, { name: "chaos", scopes: [...scopes], expiresInDays: null });
  return { workspaceId: id, apiKey: key };
}

async function retriesOf(workspaceId: string): Promise<string> {
  const again = await systemDb().run.count({ where: { workspaceId, attempt: { gt: 1 } } });
  const all = await systemDb().run.count({ where: { workspaceId } });
  return `, ${all} runs${again > 0 ? ` (${again} in a second attempt)` : ""}`;
}
