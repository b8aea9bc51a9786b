import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { systemContext, type Ctx } from "#lib/auth/context";
import { createApiKey } from "#lib/auth/service/api-keys";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import type { Random } from "#lib/math/random";
import { createdRun } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service/get-run";
import { waitUntil } from "#lib/stack/processes";
import { readLogs, startChaosStack, type ChaosStack } from "#lib/testing/chaos/chaos-stack";
import { findOrphans } from "#lib/testing/chaos/orphans";
import { planOrder } from "#lib/testing/chaos/plan-order";
import { postPatiently } from "#lib/testing/chaos/portal-client";
import { describeOpen, waitUntilSettled } from "#lib/testing/chaos/settle";
import { strike, VICTIMS, type Victim } from "#lib/testing/chaos/victims";
import { putTestObject } from "#lib/testing/objects";
import { ensureWorkspace } from "#lib/workspaces/store";
import { makeTestApp, storedUpload } from "../apps.ts";
import { zipOf } from "../zips.ts";
import { judgeCount, judgeRun } from "./judge-run.ts";
import { APP_SCENARIOS, type Scenario } from "./scenarios.ts";

const RUNS_PER_ROUND = 6;
const STRIKE_WITHIN_MS = 6_000;
const TELL_LIMIT_MS = 60_000;
const SETTLE_LIMIT_MS = 150_000;
const TIDY_LIMIT_MS = 20_000;

interface Suite {
  runs: number;
  random: Random;
  say: (line: string) => void;
}

interface Job {
  scenario: Scenario;
  appId: string;
  /** Where another program drops its input, and the same bytes as an upload. */
  objectKey: string;
  uploadId: string;
}

/**
 * Rounds of runs in a portal of its own, started by events that come more than once and by requests for the same
 * input, while one process is killed: worker, database, web, object server or a computing process.
 */
export async function runPortalSuite({ runs, random, say }: Suite): Promise<{ passed: number; failed: number }> {
  const stack = await startChaosStack();
  const scenarios = planOrder(random.fork("scenarios"), APP_SCENARIOS, runs);
  const victims = planOrder(random.fork("victims"), VICTIMS, Math.ceil(runs / RUNS_PER_ROUND));
  let passed = 0;
  try {
    for (const [index, victim] of victims.entries()) {
      const from = index * RUNS_PER_ROUND;
      const round = { no: index + 1, victim, scenarios: scenarios.slice(from, from + RUNS_PER_ROUND) };
      const startedMs = performance.now();
      const { what, problems } = await playRound(stack, round, random.fork(`round ${index}`)).catch(
        (error: unknown) => ({
          what: `wanted to kill ${victim}`,
          problems: round.scenarios.map(() => [messageOf(error)]),
        }),
      );
      const good = problems.filter((each) => each.length === 0).length;
      passed += good;
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      say(`${good === problems.length ? "ok" : "FAILED"} ${good} of ${problems.length} runs: ${what} (${seconds} s)`);
      for (const problem of problems.flat()) say(`       ${problem}`);
      if (stack.givenUp()) break;
    }
    if (passed < runs) say(readLogs(stack.dir));
  } finally {
    await closeDb();
    await closePool();
    await stack.stop();
  }
  return { passed, failed: runs - passed };
}

interface Round {
  no: number;
  victim: Victim;
  scenarios: readonly Scenario[];
}

/** What was done, and for each run what is wrong with it. */
async function playRound(stack: ChaosStack, { no, victim, scenarios }: Round, random: Random) {
  const { ctx, apiKey } = await openWorkspace(no);
  const jobs = await Promise.all(scenarios.map((scenario, index) => prepare(ctx, scenario, index)));
  const momentMs = random.integer(0, STRIKE_WITHIN_MS);
  const blow = delay(momentMs).then(() => strike(stack, victim, random));
  const telling = { stack, apiKey, deadline: AbortSignal.timeout(TELL_LIMIT_MS) };
  const [blown, ids] = await Promise.all([blow, tellTwice(jobs, telling)]);
  const what = `${blown} after ${momentMs} ms`;
  const open = await waitUntilSettled(ctx.workspaceId, SETTLE_LIMIT_MS);
  if (open) return { what, problems: jobs.map(() => [open]).concat([[await describeOpen(ctx.workspaceId)]]) };
  await waitUntil(() => stack.leftovers().length === 0, TIDY_LIMIT_MS);
  const shared = [
    ...(await judgeCount(ctx, jobs.length)),
    ...findOrphans(stack),
    ...stack.leftovers().map((name) => `temporary folder ${name} was left behind`),
  ];
  const problems: string[][] = [];
  for (const [index, { scenario }] of jobs.entries()) {
    const found = await judgeRun(ctx, await getRun(ctx, ids[index] ?? ""), scenario);
    problems.push([...shared, ...found].map((problem) => `${scenario.name}: ${problem}`));
  }
  return { what: `${what}${await attemptsOf(ctx)}`, problems };
}

async function openWorkspace(no: number): Promise<{ ctx: Ctx; apiKey: string }> {
  const slug = `apps-${no}`;
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e12 });
  const ctx = systemContext(id, "chaos", new Date());
  const scopes = ["runs:create", "runs:read", "runner:read"] as const;
  const { key } = await createApiKey(ctx, { name: "chaos", scopes: [...scopes], expiresInDays: null });
  return { ctx, apiKey: key };
}

async function prepare(ctx: Ctx, scenario: Scenario, index: number): Promise<Job> {
  const slug = `app-${index}`;
  const manifest = { timeout: "30s", ...scenario.manifest };
  const files = { "requirements.txt": "./none.whl\n" };
  const app = await makeTestApp(ctx, { slug, source: scenario.source ?? "", manifest, files });
  const bytes = await zipOf({ "a.bin": randomBytes(16) });
  const { uploadId } = await storedUpload(ctx, bytes, "job.zip");
  const objectKey = `w/${ctx.workspaceId}/app_runner/${slug}/input/job-${index}.zip`;
  await putTestObject(objectKey, bytes);
  return { scenario, appId: app.id, objectKey, uploadId };
}

interface Telling {
  stack: ChaosStack;
  apiKey: string;
  deadline: AbortSignal;
}

/**
 * The storage has told of each object already. Here it does so again, all in one event with encoded keys, twice; and
 * the same bytes are asked for through the API. Answers the run of each job.
 */
async function tellTwice(jobs: readonly Job[], { stack, apiKey, deadline }: Telling): Promise<string[]> {
  const storage = { url: stack.url, apiKey: env().FIELDPORT_EVENT_SECRET ?? "", deadline };
  const bucket = { name: env().S3_BUCKET };
  const records = jobs.map(({ objectKey }) => ({
    eventName: "ObjectCreated:Put",
    s3: { bucket, object: { key: encodeURIComponent(objectKey).replaceAll("-", "%2D") } },
  }));
  const event = { Records: [...records, ...records] };
  const ask = async ({ appId, uploadId }: Job) => {
    const site = { url: stack.url, apiKey, deadline };
    return createdRun.parse(await postPatiently(site, `/runner/apps/${appId}/runs`, { uploadId })).id;
  };
  const [ids] = await Promise.all([
    Promise.all(jobs.map(ask)),
    postPatiently(storage, "/objects/events", event),
    delay(1_000).then(() => postPatiently(storage, "/objects/events", event)),
  ]);
  return ids;
}

async function attemptsOf({ workspaceId }: Ctx): Promise<string> {
  const again = await systemDb().run.count({ where: { workspaceId, attempt: { gt: 1 } } });
  return again > 0 ? `, ${again} in a second attempt` : "";
}
