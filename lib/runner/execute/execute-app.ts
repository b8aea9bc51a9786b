import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunTools } from "#lib/algorithms/define";
import type { RunScope } from "#lib/algorithms/io";
import { isAppError, messageOf } from "#lib/errors";
import { countOf } from "#lib/format/lists";
import { RunFailure } from "#lib/runs/run-failure";
import { timeoutSOf, type AppManifest } from "../core/manifest.ts";
import { parametersSchema } from "../core/parameters.ts";
import { makeRedactor, type Redactor } from "../core/redact.ts";
import { graceS } from "../core/times.ts";
import { beginExecution, beginMachineTime, endMachineTime, updateExecution } from "../execution-store.ts";
import { chooseExecutor } from "../executors/choose-executor.ts";
import type { MachineEnd, MachineJob } from "../executors/executor.ts";
import type { RunAppInputs, RunAppParams, RunAppResult } from "../run-app/schema.ts";
import { requireRevision, type RevisionRecord } from "../store.ts";
import { collectOutput, type FoundOutput } from "./collect.ts";
import { usdPerHourOf } from "../executors/machine-price.ts";
import { failureOf } from "./failures.ts";
import { ensureCode, gitSecretsOf } from "./ensure-code.ts";
import { fetchInput, openSecrets, unpackCode } from "./prepare.ts";
import { RunLog } from "./run-log.ts";
import { storeLogs } from "./store-logs.ts";

const FILES_TOLD = 200;

export interface AppRun {
  scope: RunScope;
  inputs: RunAppInputs;
  params: RunAppParams;
  tools: RunTools;
}

interface Passage extends AppRun {
  revision: RevisionRecord;
  manifest: AppManifest;
  secrets: Record<string, string>;
  redactor: Redactor;
  log: RunLog;
  folder: string;
  step: string;
  end: MachineEnd | null;
}

export interface AppRunDone {
  result: RunAppResult;
  outputPath: string;
}

/**
 * Carries one run of an app through its steps. Whatever happens, log and partial files are stored before this returns or
 * throws; nothing of the app runs any more by then.
 */
export async function executeApp(run: AppRun): Promise<AppRunDone> {
  const { ctx, runId, tempDir } = run.scope;
  const revision = await requireRevision(ctx, run.inputs.revisionId);
  await beginExecution(ctx, { runId, revisionId: revision.id, executor: (await chooseExecutor()).name });
  const bare = makeRedactor([], toBase64);
  const log = (redactor: Redactor) => new RunLog(join(tempDir, "machine.log"), { tell: run.tools.log, redactor });
  const folder = join(tempDir, "job");
  await mkdir(folder);
  const passage: Passage = {
    ...{ ...run, revision, manifest: revision.manifest, folder, secrets: {}, step: "", end: null },
    ...{ redactor: bare, log: log(bare) },
  };
  let done: { codeSha256: string; output: FoundOutput };
  try {
    passage.secrets = await openSecrets(ctx, revision);
    passage.redactor = makeRedactor(
      [...Object.values(passage.secrets), ...(await gitSecretsOf(ctx, revision))],
      toBase64,
    );
    passage.log = log(passage.redactor);
    done = await pass(passage);
  } catch (error) {
    const failure = failureFrom(error, passage);
    passage.log.noteEnd(failure.message);
    await finish(passage, failure);
    throw failure;
  }
  await finish(passage, null);
  return { result: resultOf(passage, done), outputPath: done.output.path };
}

const toBase64 = (text: string) => Buffer.from(text).toString("base64");

function enter(passage: Passage, step: string, fraction: number): void {
  passage.step = step;
  passage.tools.onProgress(fraction, step);
}

async function pass(passage: Passage): Promise<{ codeSha256: string; output: FoundOutput }> {
  const { scope, inputs, manifest, revision, log, folder, tools } = passage;
  const { ctx, tempDir } = scope;
  const { signal } = tools;
  enter(passage, "fetching_input", 0.02);
  const input = await fetchInput(ctx, { artifactId: inputs.artifactId, tempDir, manifest, signal });
  log.note(`input: ${countOf(input.fileCount, "file")}, checked`);
  enter(passage, "fetching_code", 0.04);
  const codeArtifactId = await ensureCode(ctx, revision, { runId: scope.runId, tempDir, log, signal });
  const codeSha256 = await unpackCode(ctx, { codeArtifactId, folder, inputPath: input.path, manifest, signal });
  log.note(`code: ${revision.commitSha ? `commit ${revision.commitSha}` : `bundle ${codeSha256.slice(0, 12)}`}`);
  const end = await runOnMachine(passage);
  passage.end = end;
  const failure = failureOf(end, limitsOf(manifest));
  if (failure) throw failure;
  enter(passage, "uploading_output", 0.92);
  const unpackedBytesMax = manifest.diskMb * 4 * 2 ** 20;
  const place = { appFolder: join(folder, "app"), tempDir };
  return { codeSha256, output: await collectOutput(place, { output: manifest.output, unpackedBytesMax }) };
}

const FRACTIONS: Readonly<Record<string, number>> = {
  provisioning: 0.06,
  installing: 0.1,
  booting: 0.2,
  running: 0.25,
};

async function runOnMachine(passage: Passage): Promise<MachineEnd> {
  const { tools, log } = passage;
  const { ctx, runId } = passage.scope;
  const executor = await chooseExecutor();
  const end = await executor.run(jobOf(passage), {
    signal: tools.signal,
    onMachine: (machine) => beginMachineTime(ctx, runId, usdPerHourOf(executor.name, machine)),
    onStep: (step) => enter(passage, step, FRACTIONS[step] ?? 0.9),
    onOutput: (chunk) => log.output(chunk),
    onMemory: (bytes) => tools.onMemory(bytes),
    onNote: (text) => log.note(text),
  });
  await endMachineTime(ctx, runId);
  const seconds = `${end.durationS.toFixed(1)} s`;
  log.note(end.how === "exited" ? `exit code ${end.exitCode} after ${seconds}` : `${end.how} after ${seconds}`);
  return end;
}

function limitsOf(manifest: AppManifest) {
  const { memoryMb, diskMb, processesMax } = manifest;
  return { timeoutS: timeoutSOf(manifest), graceS, memoryMb, diskMb, processesMax };
}

function jobOf({ scope, manifest, secrets, folder, params }: Passage): MachineJob {
  const { runId, ctx } = scope;
  return {
    ...{ runId, workspaceId: ctx.workspaceId, folder, limits: limitsOf(manifest) },
    ...{ entryPoint: manifest.entryPoint, requirements: manifest.requirements, outputPath: manifest.output },
    logPath: manifest.log,
    ...{ pythonVersion: manifest.python, network: manifest.network },
    parametersJson: JSON.stringify(parametersSchema(manifest.parameters).parse(params)),
    environment: {
      ...manifest.environment,
      ...secrets,
      FIELDPORT_INPUT: `/job/app/${manifest.input}`,
      FIELDPORT_OUTPUT: `/job/app/${manifest.output}`,
      FIELDPORT_RUN_ID: runId,
    },
  };
}

/** Stores what a person needs afterwards. A failure of storing it never hides how the run itself ended. */
async function finish(passage: Passage, failure: RunFailure | null): Promise<void> {
  const { scope, end, step, log } = passage;
  const { ctx, runId, tempDir } = scope;
  passage.tools.onProgress(0.95, "uploading_logs");
  await updateExecution(ctx, runId, {
    failedStep: failure ? step : null,
    exitCode: end?.how === "exited" ? end.exitCode : null,
    ...(end ? usedBy(end) : {}),
  });
  const place = { appFolder: join(passage.folder, "app"), tempDir };
  const { manifest, redactor } = passage;
  const stored = await storeLogs(scope, { log, place, manifest, redactor, isPartial: failure !== null });
  await updateExecution(ctx, runId, { ...stored, isLogTruncated: log.isTruncated });
}

function usedBy({ durationS, cpuS, peakMemoryBytes, peakDiskBytes }: MachineEnd) {
  return { durationS, cpuS, peakMemoryBytes, peakDiskBytes };
}

function failureFrom(error: unknown, { step, redactor, tools }: Passage): RunFailure {
  if (error instanceof RunFailure) return error;
  if (tools.signal.aborted) return new RunFailure("stopped", "The run was stopped.", { cause: error });
  const said = redactor.redact(messageOf(error));
  const reason = isAppError(error) ? error.code : "internal";
  return new RunFailure(reason, `${step || "starting"}: ${said}`, { cause: error });
}

function resultOf({ end, revision, log }: Passage, done: { codeSha256: string; output: FoundOutput }): RunAppResult {
  const { files } = done.output.contents;
  return {
    exitCode: 0,
    durationS: end?.durationS ?? 0,
    cpuS: end?.cpuS ?? null,
    peakMemoryBytes: end?.peakMemoryBytes ?? null,
    peakDiskBytes: end?.peakDiskBytes ?? null,
    commitSha: revision.commitSha,
    codeSha256: done.codeSha256,
    python: end?.python ?? "unknown",
    packages: end?.packages ?? [],
    isLogTruncated: log.isTruncated,
    output: { artifactId: null, sizeBytes: 0, fileCount: files.length, files: files.slice(0, FILES_TOLD) },
  };
}
