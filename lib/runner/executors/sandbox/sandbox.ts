import { createHash } from "node:crypto";
import { chmod, chown, lchown, mkdir, opendir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAppError } from "#lib/errors";
import type { Executor, MachineEnd, MachineJob, MachineWatch } from "../executor.ts";
import { checkIsolation } from "./availability.ts";
import type { Mount } from "./launch.ts";
import { choosePython, type Python } from "./python.ts";
import { runIsolated } from "./run-isolated.ts";

const UID_FROM = 2_000_000_000;

/** Runs apps on this machine, each in namespaces of its own. */
export const sandboxExecutor: Executor = {
  name: "sandbox",
  availability: async () => {
    const { bwrap: _, ...availability } = await checkIsolation();
    return availability;
  },
  run: runInSandbox,
  // A sandbox never outlives the process that made it, so there is nothing to find.
  listMachines: () => Promise.resolve([]),
  terminate: () => Promise.resolve(),
};

async function runInSandbox(job: MachineJob, watch: MachineWatch): Promise<MachineEnd> {
  watch.onStep("provisioning");
  const isolationHere = await checkIsolation();
  if (!isolationHere.isAvailable) return failed("provisioning", isolationHere.reason);
  const bwrap = isolationHere.bwrap ?? "";
  let python: Python;
  try {
    python = await choosePython(job.pythonVersion, job.requirements !== null);
  } catch (error) {
    if (isAppError(error)) return failed("provisioning", error.message);
    throw error;
  }
  const uid = process.getuid?.() === 0 ? uidOf(job.runId) : null;
  await prepareFolder(job, uid);
  watch.onNote(`Python ${python.version}, ${job.limits.memoryMb} MB, network ${job.network ? "allowed" : "off"}`);
  watch.onStep("booting");
  const end = await runIsolated(
    {
      ...{ bwrap, uid, limits: job.limits, proxySocket: null },
      python: python.path,
      argv: [python.path, "-u", job.entryPoint],
      cwd: "/job/app",
      environment: environmentOf(job, python),
      mounts: mountsOf(job, python),
    },
    { id: job.runId, folder: job.folder, watch },
  );
  return { ...end, python: python.version, packages: [] };
}

function failed(step: "provisioning", detail: string): MachineEnd {
  return { how: "failed", step, detail, isTemporary: false, durationS: 0, cpuS: null, peakMemoryBytes: null };
}

/** A user of the system that nothing else has: limits on its processes count for this run alone. */
function uidOf(runId: string): number {
  return UID_FROM + createHash("sha256").update(runId).digest().readUIntBE(0, 3);
}

/** Gives the app its folders and the sandbox the few files a program expects in /etc. */
async function prepareFolder({ folder, parametersJson }: MachineJob, uid: number | null): Promise<void> {
  const name = uid ?? 1000;
  await mkdir(join(folder, "etc"), { recursive: true });
  await writeFile(join(folder, "etc", "passwd"), `app:x:${name}:${name}:app:/tmp:/usr/sbin/nologin\n`);
  await writeFile(join(folder, "etc", "group"), `app:x:${name}:\n`);
  await writeFile(join(folder, "etc", "parameters.json"), parametersJson);
  await writeFile(join(folder, "etc", "hosts"), "127.0.0.1 localhost app\n::1 localhost\n");
  for (const inner of ["app", "tmp", "shm"]) await mkdir(join(folder, inner), { recursive: true });
  if (uid !== null) for (const inner of ["app", "tmp", "shm"]) await giveTo(join(folder, inner), uid);
  await chmod(folder, 0o755);
}

async function giveTo(path: string, uid: number): Promise<void> {
  await chown(path, uid, uid);
  for await (const entry of await opendir(path)) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(inner, uid);
    else await lchown(inner, uid, uid);
  }
}

function mountsOf(job: MachineJob, python: Python): Mount[] {
  const etc = ["passwd", "group", "hosts"];
  return [
    ...(python.prefix === "/usr" ? [] : [{ from: python.prefix, to: python.prefix, isWritable: false }]),
    ...etc.map((name) => ({ from: join(job.folder, "etc", name), to: `/etc/${name}`, isWritable: false })),
    { from: join(job.folder, "etc", "parameters.json"), to: "/job/parameters.json", isWritable: false },
    { from: join(job.folder, "app"), to: "/job/app", isWritable: true },
    { from: join(job.folder, "tmp"), to: "/tmp", isWritable: true },
    { from: join(job.folder, "shm"), to: "/dev/shm", isWritable: true },
  ];
}

function environmentOf(job: MachineJob, python: Python): Record<string, string> {
  return {
    ...job.environment,
    PATH: `${python.prefix === "/usr" ? "" : `${python.prefix}/bin:`}/usr/local/bin:/usr/bin:/bin`,
    HOME: "/tmp",
    LANG: "C.UTF-8",
    PYTHONDONTWRITEBYTECODE: "1",
    FIELDPORT_PARAMETERS: "/job/parameters.json",
  };
}
