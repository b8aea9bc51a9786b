import { spawn, type ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { MachineLimits } from "../executor.ts";
import { foldersAbove, isolation, NO_ENVIRONMENT } from "./isolation.ts";
import { syscallFilter } from "./syscall-filter.ts";
import { readInitPid, readReports, type SupervisorReport } from "./reports.ts";

const SUPERVISOR = fileURLToPath(new URL("../../bootstrap/supervise.py", import.meta.url));

export interface Mount {
  from: string;
  to: string;
  isWritable: boolean;
}

/** One program to run isolated. Paths in `argv` and `cwd` are those inside. */
export interface SandboxCommand {
  bwrap: string;
  /** The interpreter of the supervisor, inside. */
  python: string;
  argv: readonly string[];
  cwd: string;
  environment: Readonly<Record<string, string>>;
  /** The system user it runs as; null keeps the one of the namespace. */
  uid: number | null;
  mounts: readonly Mount[];
  /** Socket of the proxy, inside; null without a network. */
  proxySocket: string | null;
  limits: MachineLimits;
}

/** A sandbox that is up and waits for its order. */
export interface Sandbox {
  child: ChildProcess;
  output: Readable;
  /** Known once the sandbox is up. */
  initPid: () => number | null;
  lastWords: () => string;
  onReport: (take: (report: SupervisorReport) => void) => void;
  /** Gives the order: only now does the program start. */
  order: (hasMemoryGroup: boolean) => void;
  stop: () => void;
  kill: () => void;
  closed: Promise<void>;
}

type Channels = [Writable, Readable, Readable, Readable, Readable, Writable];

/** Boots the sandbox. Its environment is empty, and nothing secret is in an argument list. */
export function launch(command: SandboxCommand): Sandbox {
  const child: ChildProcess = spawn(command.bwrap, [...isolation(), ...mountsOf(command), ...supervisorOf(command)], {
    env: NO_ENVIRONMENT,
    // 3: bubblewrap's status, 4: the supervisor's reports, 5: the filter of system calls.
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  const [input, output, errors, status, reports, filter] = child.stdio as unknown as Channels;
  filter.on("error", () => undefined);
  filter.end(syscallFilter(process.arch) ?? undefined);
  const takers: ((report: SupervisorReport) => void)[] = [];
  const early: SupervisorReport[] = [];
  let initPid: number | null = null;
  let lastWords = "";
  input.on("error", () => undefined);
  errors.on("data", (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-500)));
  const readers = [
    readInitPid(status, (pid) => (initPid = pid)),
    readReports(reports, (report) => {
      if (takers.length === 0) early.push(report);
      for (const take of takers) take(report);
    }),
  ];
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      lastWords = error.message;
      resolve();
    });
  });
  return {
    child,
    output,
    initPid: () => initPid,
    lastWords: () => lastWords.trim(),
    onReport: (take) => {
      takers.push(take);
      early.splice(0).forEach(take);
    },
    order: (hasMemoryGroup) => input.write(`${JSON.stringify(orderOf(command, hasMemoryGroup))}\n`),
    stop: () => input.write("stop\n"),
    kill: () => {
      // Its first process takes all others with it; the outer one would follow by itself.
      if (initPid !== null) killQuietly(initPid);
      child.kill("SIGKILL");
    },
    closed: exited.then(async () => {
      await Promise.allSettled(readers);
    }),
  };
}

function mountsOf({ mounts, cwd }: SandboxCommand): string[] {
  return [
    ...foldersAbove([...mounts.map(({ to }) => to), "/run/supervise.py"]),
    ...mounts.flatMap(({ from, to, isWritable }) => [isWritable ? "--bind" : "--ro-bind", from, to]),
    ...["--ro-bind", SUPERVISOR, "/run/supervise.py", "--remount-ro", "/dev", "--remount-ro", "/"],
    ...["--chdir", cwd, "--json-status-fd", "3"],
    ...(syscallFilter(process.arch) ? ["--seccomp", "5"] : []),
  ];
}

function supervisorOf({ python }: SandboxCommand): string[] {
  return ["--", python, "-I", "-S", "/run/supervise.py"];
}

function orderOf(command: SandboxCommand, hasMemoryGroup: boolean) {
  const { argv, cwd, environment, uid, proxySocket, limits } = command;
  return {
    ...{ argv, cwd, env: environment, uid, proxySocket },
    graceS: limits.graceS,
    // The watcher outside ends it at its limit; this holds if the watcher is gone.
    deadlineS: limits.timeoutS + 5,
    limits: {
      openFiles: 1024,
      processes: limits.processesMax,
      fileBytes: limits.diskMb * 2 ** 20,
      // Of one process. The real limit is the group's or the watcher's, which also say that memory was the reason.
      dataBytes: limits.memoryMb * 2 ** 20 * (hasMemoryGroup ? 8 : 2),
    },
  };
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
