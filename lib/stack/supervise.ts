import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { captureOutput } from "./child-output.ts";
import { processIdentity, recordProcess, signalTree, waitUntil, type RecordedProcess } from "./processes.ts";
import { repositoryRoot } from "./repository-root.ts";
import { decideRestart, type CrashRecord } from "./restart-policy.ts";

export interface Service {
  name: string;
  launch: () => ChildProcess | Promise<ChildProcess>;
  /** The first start waits for this; a service that cannot even start is an error, not a crash to repeat. */
  ready?: (child: ChildProcess) => Promise<void>;
  /** How to end it; by default SIGTERM to its process group and SIGKILL after `graceMs`. */
  end?: (pid: number) => Promise<void>;
  graceMs: number;
}

export interface SupervisorOptions {
  /** One line for the terminal. */
  report: (line: string) => void;
  /** Called once when a service crashed too often to go on. */
  onGiveUp: (name: string) => void;
  /** The running children after each change, for the clean-up at the next start. */
  onChange: (children: Record<string, RecordedProcess>) => void;
}

interface Running {
  service: Service;
  child: ChildProcess;
  startedAtMs: number;
  crashes: CrashRecord;
}

export type Supervisor = ReturnType<typeof createSupervisor>;

/** Keeps services running: a crashed one is started again; all are ended in the reverse order of their start. */
export function createSupervisor(options: SupervisorOptions) {
  const running = new Map<string, Running>();
  const order: string[] = [];
  const launching = new Set<Promise<Running>>();
  let stopping: Promise<void> | undefined;

  const publish = () => {
    const alive = [...running.values()].filter(({ child }) => child.pid !== undefined && isRunning(child));
    options.onChange(Object.fromEntries(alive.map((one) => [one.service.name, recordProcess(one.child.pid ?? 0)])));
  };

  const launch = (service: Service, crashes: CrashRecord): Promise<Running> => {
    const launched = launchNow(service, crashes).finally(() => launching.delete(launched));
    launching.add(launched);
    return launched;
  };

  const launchNow = async (service: Service, crashes: CrashRecord): Promise<Running> => {
    const child = await service.launch();
    // A program that cannot be run at all reports an error; unheard it would end this process.
    child.on("error", () => undefined);
    const entry = { service, child, startedAtMs: performance.now(), crashes };
    if (!order.includes(service.name)) order.push(service.name);
    running.set(service.name, entry);
    publish();
    return entry;
  };

  const watch = (entry: Running) => {
    const ended = () => onEnd(entry);
    if (isRunning(entry.child)) entry.child.once("exit", ended).once("error", ended);
    else setImmediate(ended);
  };

  const onEnd = (entry: Running) => {
    const { name } = entry.service;
    // A failed spawn reports both an error and an exit.
    if (stopping || running.get(name) !== entry) return;
    running.delete(name);
    if (entry.child.pid === undefined) {
      options.onGiveUp(name);
      return;
    }
    const decision = decideRestart(entry.crashes, performance.now() - entry.startedAtMs);
    if (!decision.restart) {
      options.onGiveUp(name);
      return;
    }
    options.report(`${name} ended unexpectedly (${howEnded(entry.child)}); starting it again.`);
    setTimeout(() => {
      if (!stopping) launch(entry.service, decision.record).then(watch, () => options.onGiveUp(name));
    }, decision.delayMs);
  };

  const endAll = async () => {
    // What is just being started must be known before it can be ended.
    await Promise.allSettled(launching);
    for (const name of [...order].reverse()) {
      const entry = running.get(name);
      if (entry) await endService(entry);
    }
    running.clear();
    publish();
  };

  return {
    /** Starts a service and waits until it is ready; from then on it is kept running. */
    start: async (service: Service): Promise<void> => {
      const entry = await launch(service, { quickCrashes: 0 });
      await service.ready?.(entry.child);
      watch(entry);
    },
    /** Ends all services, the last started first; further calls wait for the same end. */
    stopAll: () => (stopping ??= endAll()),
  };
}

async function endService({ service, child }: Running): Promise<void> {
  const { pid } = child;
  if (pid === undefined || !isRunning(child)) return;
  if (service.end) return service.end(pid);
  const isGone = () => !isRunning(child) || processIdentity(pid) === null;
  signalTree(pid, "SIGTERM");
  if (await waitUntil(isGone, service.graceMs)) return;
  signalTree(pid, "SIGKILL");
  await waitUntil(isGone, 1000);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function howEnded(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode ?? "unknown"}`;
}

export interface NodeEntry {
  /** Script and its arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  logPath: string;
  report: (line: string) => void;
  /** Lines that must not be written to the log. */
  keepOut?: (line: string) => boolean;
}

/** Starts one of our own Node processes: it leads its own group, logs to a file and ends when we end. */
export function spawnNode(entry: NodeEntry): ChildProcess {
  const child = spawn(process.execPath, [...dieWithParent, ...entry.args], {
    cwd: repositoryRoot,
    env: entry.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl-C in the terminal reaches this process only, which then ends its children in order.
    detached: process.platform !== "win32",
  });
  captureOutput(child, entry);
  const endWithUs = () => {
    if (child.pid !== undefined) signalTree(child.pid, "SIGKILL");
  };
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  return child;
}

const dieWithParent = ["--import", pathToFileURL(join(repositoryRoot, "bin", "die-with-parent.ts")).href];
