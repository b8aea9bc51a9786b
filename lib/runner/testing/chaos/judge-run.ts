import { text } from "node:stream/consumers";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { headObject, openObject } from "#lib/objects/store";
import type { RunDetail } from "#lib/runs/schema";
import { findAppExecution } from "../../app-view-store.ts";
import { requireFile } from "../../store.ts";
import { listRemains } from "./processes.ts";
import type { Scenario } from "./scenarios.ts";

/** After a run's own limit, until its end must be known. */
const MARGIN_S = 30;

/** What is wrong with a run that has ended: its state, the time it took, its log, its output, what is left of it. */
export async function judgeRun(ctx: Ctx, run: RunDetail, scenario: Scenario): Promise<string[]> {
  return [
    ...judgeState(run, scenario.expected),
    ...judgeTime(run),
    ...(await judgeFiles(ctx, run, scenario)),
    ...(await listRemains(run.id)),
  ];
}

function judgeState({ state, errorCode, errorDetail }: RunDetail, expected: Scenario["expected"]): string[] {
  if (state !== expected.state) return [`ended as ${state} (${errorCode}: ${errorDetail}), not ${expected.state}`];
  const isRight = expected.errorCode === undefined || errorCode === expected.errorCode;
  return isRight ? [] : [`failed of ${errorCode} (${errorDetail}), not of ${expected.errorCode}`];
}

/** Each attempt has the run's limit and the margin for its end. */
function judgeTime({ startedAt, finishedAt, queuedAt, timeoutS }: RunDetail): string[] {
  if (!finishedAt) return ["has no end"];
  const tookS = (Date.parse(finishedAt) - Date.parse(startedAt ?? queuedAt)) / 1000;
  const limitS = timeoutS + MARGIN_S;
  return tookS <= limitS ? [] : [`took ${tookS.toFixed(0)} s of ${limitS} s`];
}

async function judgeFiles(ctx: Ctx, run: RunDetail, { says }: Scenario): Promise<string[]> {
  const execution = await findAppExecution(ctx, run.id);
  if (!execution?.settledAt || !execution.machineLogId) return ["has no log"];
  const { objectKey } = await requireFile(ctx, { artifactId: execution.machineLogId });
  const head = await headObject(objectKey);
  if (!head || head.sizeBytes === 0) return ["its log is no object"];
  const log = says === undefined ? "" : await text(await openObject(objectKey));
  const { outputId } = execution;
  const output =
    outputId === null ? null : await headObject((await requireFile(ctx, { artifactId: outputId })).objectKey);
  return [
    ...(says === undefined || log.includes(says) ? [] : [`its log does not say ${JSON.stringify(says)}`]),
    ...((run.state === "succeeded") === (output !== null && output.sizeBytes > 0)
      ? []
      : ["output and state contradict each other"]),
  ];
}

/** One run for each app and input, however often it was asked for. */
export async function judgeCount({ workspaceId }: Ctx, expected: number): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ runs: number; inputs: number }[]>`
    select count(*)::int as runs, count(distinct (inputs->>'appId', inputs->>'artifactId'))::int as inputs
    from runs where workspace_id = ${workspaceId}::uuid and algorithm = 'run-app'`;
  const { runs = 0, inputs = 0 } = rows[0] ?? {};
  return runs === expected && inputs === expected ? [] : [`${runs} runs of ${inputs} inputs, not ${expected}`];
}
