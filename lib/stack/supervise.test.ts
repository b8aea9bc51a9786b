import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import type { RecordedProcess } from "./processes.ts";
import { createSupervisor, type Service } from "./supervise.ts";

const SLEEPER = ["-e", "process.stdout.write('up'); setInterval(() => {}, 1000)"];

function harness() {
  const reports: string[] = [];
  const changes: Record<string, RecordedProcess>[] = [];
  let gaveUp: (name: string) => void = () => undefined;
  const givenUp = new Promise<string>((resolve) => (gaveUp = resolve));
  const supervisor = createSupervisor({
    report: (line) => reports.push(line),
    onGiveUp: (name) => gaveUp(name),
    onChange: (children) => changes.push(children),
  });
  return { supervisor, reports, changes, givenUp };
}

function sleeper(name: string, onLaunch: (pid: number) => void = () => undefined): Service {
  return {
    name,
    graceMs: 2000,
    launch: () => {
      const child = spawn(process.execPath, SLEEPER, { stdio: ["ignore", "pipe", "ignore"], detached: true });
      onLaunch(child.pid ?? 0);
      return child;
    },
    ready: (child) => new Promise((resolve) => child.stdout?.once("data", () => resolve())),
  };
}

test("a killed service is started again with a line that says so", async () => {
  const { supervisor, reports } = harness();
  const pids: number[] = [];
  let again: () => void = () => undefined;
  const restarted = new Promise<void>((resolve) => (again = resolve));
  await supervisor.start(
    sleeper("worker", (pid) => {
      if (pids.push(pid) === 2) again();
    }),
  );
  process.kill(pids[0] ?? 0, "SIGKILL");
  await restarted;
  await supervisor.stopAll();
  expect(reports).toEqual(["worker ended unexpectedly (SIGKILL); starting it again."]);
  expect(new Set(pids).size).toBe(2);
});

test("services end in the reverse order of their start, and nothing is recorded as running afterwards", async () => {
  const { supervisor, changes } = harness();
  const ended: string[] = [];
  for (const name of ["database", "worker", "web"]) {
    const end = async (pid: number) => {
      ended.push(name);
      process.kill(pid, "SIGKILL");
      await Promise.resolve();
    };
    await supervisor.start({ ...sleeper(name), end });
  }
  expect(Object.keys(changes.at(-1) ?? {})).toEqual(["database", "worker", "web"]);
  await Promise.all([supervisor.stopAll(), supervisor.stopAll()]);
  expect(ended).toEqual(["web", "worker", "database"]);
});

test("a service that cannot get ready at its first start is an error, not a crash to repeat", async () => {
  const { supervisor, reports } = harness();
  const ready = () => Promise.reject(new Error("no disk"));
  await expect(supervisor.start({ ...sleeper("database"), ready })).rejects.toThrow("no disk");
  await supervisor.stopAll();
  expect(reports).toEqual([]);
});

test("a program that does not exist is given up by name", async () => {
  const { supervisor, givenUp } = harness();
  await supervisor.start({ name: "web", graceMs: 100, launch: () => spawn("/nonexistent/program") });
  expect(await givenUp).toBe("web");
  await supervisor.stopAll();
});
