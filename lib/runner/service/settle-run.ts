import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemContext, type Ctx } from "#lib/auth/context";
import { log } from "#lib/log";
import { makeScratchDir } from "#lib/runs/execute/scratch-dir";
import { isLive, type RunDetail } from "#lib/runs/schema";
import { findRun, listRunLog } from "#lib/runs/store";
import { findAppExecution } from "../app-view-store.ts";
import { storeRunFile } from "../execute/store-run-file.ts";
import { beginExecution, endMachineTime, linkOutput, updateExecution } from "../execution-store.ts";
import { runAppInputs } from "../run-app/schema.ts";
import { mirrorOutputs } from "./mirror-outputs.ts";

const PAGE = 5_000;
const LINES_MAX = 50_000;

/**
 * Puts an ended run in order, whatever ended it: its log is an object in storage even when the process that should have
 * stored it was killed, and what another program dropped is answered in the bucket. Doing it again changes nothing.
 */
export async function settleRun(workspaceId: string, runId: string): Promise<void> {
  const ctx = systemContext(workspaceId, "runner", new Date());
  const run = await findRun(ctx, runId);
  if (!run || isLive(run.state)) return;
  const execution = await findAppExecution(ctx, runId);
  if (execution?.settledAt) return;
  if (!execution) {
    const { revisionId } = runAppInputs.parse(run.inputs);
    await beginExecution(ctx, { runId, revisionId, executor: "none" });
  }
  if (!execution?.machineLogId) {
    const machineLogId = await storeLogFromLines(ctx, run);
    await updateExecution(ctx, runId, { machineLogId, ...(run.step === "" ? {} : { failedStep: run.step }) });
  }
  await endMachineTime(ctx, runId);
  await linkOutput(ctx, runId);
  await mirrorOutputs(ctx, runId);
  await updateExecution(ctx, runId, { settledAt: new Date(), machine: null });
  log.info("runner.settled", { runId, state: run.state });
}

/** The log as far as it was told while the run went on. */
async function storeLogFromLines(ctx: Ctx, run: RunDetail): Promise<string> {
  const folder = await makeScratchDir();
  try {
    const lines: string[] = [];
    for (let after = 0; lines.length < LINES_MAX;) {
      const page = await listRunLog(ctx, run.id, { after, limit: PAGE });
      lines.push(...page.map(({ at, text }) => `${at} ${text}`));
      if (page.length < PAGE) break;
      after = page.at(-1)?.seq ?? after;
    }
    lines.push(`${run.finishedAt ?? ""} runner: ended as ${run.state}. ${run.errorDetail ?? ""}`.trim());
    const path = join(folder, "machine.log");
    await writeFile(path, `${lines.join("\n")}\n`);
    return await storeRunFile(ctx, run.id, { path, fileName: "machine.log", mediaType: "text/plain" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
