import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAppError } from "#lib/errors";
import type { Executor, MachineEnd, MachineJob, MachineWatch } from "../executor.ts";
import { checkIsolation, requireIsolation } from "./availability.ts";
import { ensureEnvironment, PACKAGES, readRequirements, type Environment } from "./environment.ts";
import { makePlace, runInPlace, type Place } from "./place.ts";
import { choosePython } from "./python.ts";

/** Runs apps on this machine, each in namespaces of its own. */
export const sandboxExecutor: Executor = {
  name: "sandbox",
  availability: async () => {
    const { bwrap: _, ...availability } = await checkIsolation();
    return availability;
  },
  prepare: async () => {
    await Promise.all([checkIsolation(), choosePython(null, true)]);
  },
  run: runInSandbox,
  // A sandbox never outlives the process that made it, so there is nothing to find.
  listMachines: () => Promise.resolve([]),
  terminate: () => Promise.resolve(),
};

async function runInSandbox(job: MachineJob, watch: MachineWatch): Promise<MachineEnd> {
  watch.onStep("provisioning");
  await watch.onMachine({ isSpot: false, units: 1 });
  let place: Place;
  try {
    place = await openPlace(job);
  } catch (error) {
    if (isAppError(error)) return notProvisioned(error.message);
    throw error;
  }
  const { python } = place;
  watch.onNote(`Python ${python.version}, ${job.limits.memoryMb} MB, network ${job.network ? "allowed" : "off"}`);
  const packages = await ensureEnvironment(job, place, watch);
  if (packages.kind === "failed") return { ...packages.end, python: python.version };
  watch.onStep("booting");
  const end = await runInPlace(place, programOf(job, place, packages), watch);
  return { ...end, python: python.version, packages: packages.kind === "ready" ? packages.packages : [] };
}

async function openPlace(job: MachineJob): Promise<Place> {
  const { bwrap } = await requireIsolation();
  const python = await choosePython(job.pythonVersion, (await readRequirements(job)) !== "");
  const place = await makePlace({ id: job.runId, folder: job.folder, bwrap, python });
  await writeFile(join(job.folder, "etc", "parameters.json"), job.parametersJson);
  return place;
}

function programOf(job: MachineJob, { python }: Place, packages: Exclude<Environment, { kind: "failed" }>) {
  const isReady = packages.kind === "ready";
  return {
    argv: [python.path, "-u", job.entryPoint],
    environment: {
      ...job.environment,
      FIELDPORT_PARAMETERS: "/job/parameters.json",
      ...(isReady ? { PYTHONPATH: PACKAGES } : {}),
    },
    mounts: [
      { from: join(job.folder, "etc", "parameters.json"), to: "/job/parameters.json", isWritable: false },
      ...(isReady ? [{ from: packages.folder, to: PACKAGES, isWritable: false }] : []),
    ],
    network: job.network,
    limits: job.limits,
  };
}

function notProvisioned(detail: string): MachineEnd {
  const base = { durationS: 0, cpuS: null, peakMemoryBytes: null, peakDiskBytes: null };
  return { ...base, how: "failed", step: "provisioning", detail, isTemporary: false };
}
