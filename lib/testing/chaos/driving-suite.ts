import { systemContext } from "#lib/auth/context";
import { createApiKey } from "#lib/auth/service/api-keys";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { readLedger } from "#lib/driving/history/service/read-ledger";
import { messageOf } from "#lib/errors";
import { createRandom, type Random } from "#lib/math/random";
import { waitUntil } from "#lib/stack/processes";
import { ensureWorkspace } from "#lib/workspaces/store";
import { setTimeout as delay } from "node:timers/promises";
import { readLogs, startChaosStack, type ChaosStack } from "./chaos-stack.ts";
import { Producer } from "./driving-producer.ts";
import { StreamViewer } from "./driving-viewer.ts";
import { Relay } from "./relay.ts";
import { strike, type Victim } from "./victims.ts";

export interface DrivingSuiteOptions {
  rounds: number;
  seed: string;
  say: (line: string) => void;
}

const PRODUCERS = 6;
const VIEWERS = 4;
const ROUND_MS = 4000;
const ROUND_LIMIT_MS = 90_000;
const VICTIMS = ["web", "PostgreSQL", "worker", "connections"] as const satisfies readonly (Victim | "connections")[];

interface Scene {
  workspaceId: string;
  stack: ChaosStack;
  relay: Relay;
  producers: Producer[];
  viewers: StreamViewer[];
}

/**
 * Vehicles send and viewers watch while web, database and worker are killed or every connection is cut, one of them a
 * round. Afterwards every acknowledged record is there exactly once, the ledger balances, and no viewer misses a number.
 */
export async function runDrivingSuite(options: DrivingSuiteOptions): Promise<{ passed: number; failed: number }> {
  const random = createRandom(`driving chaos ${options.seed}`);
  const stack = await startChaosStack();
  const relay = await Relay.open(stack.url);
  let passed = 0;
  let viewers: StreamViewer[] = [];
  try {
    const scene = await setScene({ stack, relay }, random);
    viewers = scene.viewers;
    for (let no = 1; no <= options.rounds; no += 1) {
      const victim = VICTIMS[no % VICTIMS.length] ?? "web";
      const outcome = await playRound(scene, { victim, random: random.fork(`round ${no}`) }).catch(
        (error: unknown) => ({
          what: `wanted to kill ${victim}`,
          problems: [messageOf(error)],
        }),
      );
      const verdict = outcome.problems.length === 0 ? "ok" : "FAILED";
      options.say(`${verdict.padEnd(6)} round ${no}/${options.rounds}: ${outcome.what}`);
      for (const problem of outcome.problems) options.say(`       ${problem}`);
      if (outcome.problems.length === 0) passed += 1;
      if (stack.givenUp()) break;
    }
    if (passed < options.rounds) options.say(readLogs(stack.dir));
  } finally {
    await Promise.all(viewers.map((viewer) => viewer.stop()));
    relay.close();
    await closeDb();
    await closePool();
    await stack.stop();
  }
  return { passed, failed: options.rounds - passed };
}

async function setScene({ stack, relay }: Pick<Scene, "stack" | "relay">, random: Random): Promise<Scene> {
  const workspace = { slug: "driving", name: "driving", description: "", timeZone: "UTC", quotaBytes: 1e12 };
  const { id: workspaceId } = await ensureWorkspace(workspace);
  const ctx = systemContext(workspaceId, "chaos", new Date());
  const scopes = ["records:write", "driving:read"] as const;
  const { key: apiKey } = await createApiKey(ctx, { name: "chaos", scopes: [...scopes], expiresInDays: null });
  const site = { url: relay.url, apiKey };
  const producers = Array.from({ length: PRODUCERS }, (_, index) => {
    const repeats = index % 2 === 0 ? "idempotency-key" : "sequence";
    return new Producer({ ...site, driver: `driver ${index}`, repeats }, random.fork(`producer ${index}`));
  });
  const viewers = Array.from({ length: VIEWERS }, () => new StreamViewer(site));
  return { workspaceId, stack, relay, producers, viewers };
}

async function playRound(
  { workspaceId, stack, relay, producers, viewers }: Scene,
  { victim, random }: { victim: (typeof VICTIMS)[number]; random: Random },
): Promise<{ what: string; problems: string[] }> {
  const endMs = performance.now() + ROUND_MS;
  const deadline = AbortSignal.timeout(ROUND_LIMIT_MS);
  const momentMs = random.integer(200, ROUND_MS - 500);
  const blow = delay(momentMs).then(() => (victim === "connections" ? cutAll(relay) : strike(stack, victim, random)));
  const [what] = await Promise.all([blow, ...producers.map((producer) => producer.sendUntil(endMs, deadline))]);
  const problems = [
    ...(await findLostAndDoubled(workspaceId, producers)),
    ...(await findLedgerFaults(workspaceId)),
    ...(await findViewerFaults(workspaceId, viewers)),
  ];
  const sum = (of: (producer: Producer) => number) => producers.reduce((total, producer) => total + of(producer), 0);
  const told = viewers.reduce((total, viewer) => total + viewer.seen, 0);
  const counts = `${sum(({ acknowledged }) => acknowledged)} records, ${sum(({ repeated }) => repeated)} calls repeated`;
  return { what: `${what} after ${momentMs} ms, ${counts}, ${told} events seen`, problems };
}

/** Between clients and web, and between the portal's processes and the database. */
async function cutAll(relay: Relay): Promise<string> {
  const rows = await systemDb().$queryRaw<{ isEnded: boolean }[]>`
    select pg_terminate_backend(pid) as "isEnded" from pg_stat_activity
    where application_name like 'fieldport%' and pid <> pg_backend_pid()`;
  return `cut ${relay.cut()} clients and ${rows.length} connections of the database`;
}

/** Each vehicle sent one record for each second, so a lost or doubled one shows in its count or its times. */
async function findLostAndDoubled(workspaceId: string, producers: readonly Producer[]): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ driver: string; count: number; times: number; reachS: number }[]>`
    select d.code as driver, count(*)::int as count, count(distinct r.recorded_at)::int as times,
      extract(epoch from max(r.recorded_at) - min(r.recorded_at))::int + 1 as "reachS"
    from driving_records r join drivers d using (driver_no) where r.workspace_id = ${workspaceId}::uuid group by d.code`;
  const found = new Map(rows.map((row) => [row.driver, row]));
  return producers.flatMap(({ driver, acknowledged }) => {
    const { count = 0, times = 0, reachS = 0 } = found.get(driver) ?? {};
    if (count === acknowledged && times === acknowledged && reachS === acknowledged) return [];
    return [`${driver}: ${acknowledged} acknowledged, ${count} stored at ${times} times over ${reachS} s`];
  });
}

async function findLedgerFaults(workspaceId: string): Promise<string[]> {
  const { total } = await readLedger(systemContext(workspaceId, "chaos", new Date()), 100);
  return total.isBalanced ? [] : [`the ledger does not balance: ${JSON.stringify(total)}`];
}

async function findViewerFaults(workspaceId: string, viewers: readonly StreamViewer[]): Promise<string[]> {
  const { lastEventNo } = await systemDb().drivingFeed.findUniqueOrThrow({ where: { workspaceId } });
  await waitUntil(() => viewers.every(({ lastId }) => lastId >= Number(lastEventNo)), 20_000);
  return viewers.flatMap(({ problems, lastId }, index) => {
    const behind = lastId < Number(lastEventNo) ? [`stopped at event ${lastId} of ${lastEventNo}`] : [];
    return [...problems.splice(0), ...behind].map((problem) => `viewer ${index}: ${problem}`);
  });
}
