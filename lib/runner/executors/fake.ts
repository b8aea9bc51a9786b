import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Executor, MachineEnd, MachineJob, MachineRef, MachineWatch } from "./executor.ts";

const FAULTS = [
  "none",
  "never_boots",
  "no_machine",
  "install_fails",
  "dies",
  "ignores_term",
  "floods_log",
  "no_output",
  "empty_output",
  "corrupt_output",
  "exit_1",
  "stays_provisioning",
  "stays_booting",
  "stays_installing",
] as const;
const fault = z.enum(FAULTS);

const started = new Map<string, MachineRef>();
/** An empty zip with one empty file "a". */
const ZIP = Buffer.from(
  "UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAYVBLAQIeAwoAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAACkgQAAAABhUEsFBgAAAAABAAEALwAAAB8AAAAAAA==",
  "base64",
);

/** A machine that only pretends, and fails as the app's environment variable FAULT says. For tests. */
export const fakeExecutor: Executor = {
  name: "fake",
  availability: () => Promise.resolve({ isAvailable: true }),
  run: async (job, watch) => {
    watch.onStep("provisioning");
    started.set(job.runId, { id: `fake-${job.runId}`, runId: job.runId, startedAt: new Date() });
    try {
      return await pretend(job, watch);
    } finally {
      started.delete(job.runId);
    }
  },
  listMachines: () => Promise.resolve([...started.values()]),
  terminate: ({ runId }) => {
    started.delete(runId);
    return Promise.resolve();
  },
};

async function pretend(job: MachineJob, watch: MachineWatch): Promise<MachineEnd> {
  const base = { durationS: 0.01, cpuS: null, peakMemoryBytes: 1_000_000, peakDiskBytes: 2_000_000 };
  const kind = fault.parse(job.environment.FAULT ?? "none");
  const failed = (step: "provisioning" | "booting" | "installing", detail: string): MachineEnd => {
    return { ...base, how: "failed", step, detail, isTemporary: false };
  };
  const stopped: MachineEnd = { ...base, how: "killed", why: "stopped" };
  const stays = async (step: string) => {
    if (kind === `stays_${step}`) await untilAborted(watch.signal, job.limits.timeoutS);
    return watch.signal.aborted;
  };
  if (await stays("provisioning")) return stopped;
  if (kind === "no_machine") return failed("provisioning", "No machine of this size is free.");
  await watch.onMachine({ isSpot: false, units: 1 });
  watch.onStep("booting");
  if (await stays("booting")) return stopped;
  if (kind === "never_boots") return failed("booting", "The machine did not answer within its boot deadline.");
  watch.onStep("installing");
  if (await stays("installing")) return stopped;
  if (kind === "install_fails") return failed("installing", "No matching distribution found for nothing==1.");
  watch.onStep("running");
  await watch.onOutput(Buffer.from("hello from a machine that only pretends\n"));
  if (kind === "floods_log") {
    for (let index = 0; index < 2_000; index++) await watch.onOutput(Buffer.from(`${"x".repeat(4_000)}\n`));
  }
  if (kind === "dies") return { ...base, how: "lost", detail: "The machine stopped answering." };
  if (kind === "ignores_term") {
    await untilAborted(watch.signal, job.limits.timeoutS);
    return { ...base, how: "killed", why: watch.signal.aborted ? "stopped" : "time" };
  }
  const output = { no_output: null, empty_output: Buffer.alloc(0), corrupt_output: ZIP.subarray(0, 40) };
  const bytes = kind in output ? output[kind as keyof typeof output] : ZIP;
  if (bytes) await writeFile(join(job.folder, "app", job.outputPath), bytes);
  return { ...base, how: "exited", exitCode: kind === "exit_1" ? 1 : 0, signal: null };
}

async function untilAborted(signal: AbortSignal, limitS: number): Promise<void> {
  await delay(limitS * 1000, undefined, { signal }).catch(() => undefined);
}
