import { hostname } from "node:os";
import { messageOf } from "#lib/errors";
import { recordReport } from "#lib/health/report-store";
import { log } from "#lib/log";
import { filterEndedRuns } from "#lib/runs/execute/store";
import { listUnsettledRuns } from "../execution-store.ts";
import { chooseExecutor } from "../executors/choose-executor.ts";
import { removeEmptyGroups } from "../executors/sandbox/control-group.ts";
import { runnerStatus } from "./runner-status.ts";
import { settleRun } from "./settle-run.ts";

/** The job that follows every run has this long before the reaper does its work. */
const SETTLE_AFTER_S = 20;
/** A machine this young may belong to a run whose row is only being written. */
const YOUNG_MS = 30_000;

export interface Reaped {
  orphans: number;
  settled: number;
}

/**
 * The second, independent way to an end: machines whose runs are over are terminated, ended runs without a stored log
 * get one. It trusts nobody's memory, only the executor's list and the runs' rows.
 */
export async function reap(now: Date): Promise<Reaped> {
  // Logs are owed also while a cloud does not answer; its failure is told when they are done.
  const [ended] = await Promise.allSettled([endOrphans(now)]);
  let settled = 0;
  for (const { workspaceId, runId } of await listUnsettledRuns(SETTLE_AFTER_S)) {
    try {
      await settleRun(workspaceId, runId);
      settled += 1;
    } catch (error) {
      log.warn("runner.not_settled", { runId, error: messageOf(error) });
    }
  }
  await removeEmptyGroups(now.getTime());
  if (ended.status === "rejected") throw ended.reason;
  return { orphans: ended.value, settled };
}

/** How many were found. One that cannot be ended now is found again in a minute and keeps no other one alive. */
async function endOrphans(now: Date): Promise<number> {
  const executor = await chooseExecutor();
  const machines = (await executor.listMachines()).filter(
    ({ startedAt }) => now.getTime() - startedAt.getTime() > YOUNG_MS,
  );
  const ended = await filterEndedRuns(machines.map(({ runId }) => runId));
  const orphans = machines.filter(({ runId }) => ended.has(runId));
  for (const machine of orphans) {
    log.warn("runner.orphan", { machine: machine.id, runId: machine.runId });
    await executor.terminate(machine).catch((error: unknown) => {
      log.warn("runner.orphan_not_ended", { machine: machine.id, error: messageOf(error) });
    });
  }
  const found = { machines: machines.length, orphans: orphans.length };
  await recordReport({ host: hostname(), ...(await runnerStatus()), ...found });
  return orphans.length;
}
