import { expect, test } from "vitest";
import type { HealthDetail } from "#lib/health/schema";
import { verdicts } from "./verdicts.ts";

const AT = "2026-11-18T14:05:00.000Z";
const RUNNER = {
  ...{ host: "a", executor: "sandbox", isAvailable: true, reason: null, machines: 1, orphans: 0, orphansTotal: 4 },
  at: AT,
};
const WELL: HealthDetail = {
  isHealthy: true,
  checks: { database: true, storage: true, worker: true },
  queue: { waiting: 0, running: 1, failed: 0, oldestWaitingS: null },
  runs: { queued: 0, running: 1, failedLastDay: 3, lostLastDay: 0 },
  workers: [{ id: "w1", host: "a", startedAt: AT, lastSeenAt: AT }],
  database: { version: "18", sizeBytes: 1e9, connections: 5, latencyMs: 2 },
  storage: { isReachable: true, latencyMs: 4, artifactBytes: 1e9, artifactCount: 7 },
  runner: [RUNNER],
  disk: { freeBytes: 5e10, totalBytes: 1e11 },
  at: AT,
};
const statesOf = (health: HealthDetail) =>
  Object.fromEntries(Object.entries(verdicts(health)).map(([part, { state }]) => [part, state]));

test("a well installation is good in every part; runs that failed on their data are no fault of it", () => {
  expect(new Set(Object.values(statesOf(WELL)))).toEqual(new Set(["good"]));
});

test("no worker, no storage and a full disk are faults", () => {
  const ill = {
    ...WELL,
    workers: [],
    storage: { ...WELL.storage, isReachable: false },
    disk: { freeBytes: 1e9, totalBytes: 1e11 },
  };
  expect(statesOf(ill)).toMatchObject({ workers: "fault", storage: "fault", disk: "fault", database: "good" });
});

test("a job that waits for minutes, given-up jobs and lost runs deserve a look", () => {
  expect(statesOf({ ...WELL, queue: { ...WELL.queue, waiting: 1, oldestWaitingS: 300 } }).queue).toBe("suspect");
  expect(statesOf({ ...WELL, queue: { ...WELL.queue, failed: 1 } }).queue).toBe("suspect");
  expect(statesOf({ ...WELL, runs: { ...WELL.runs, lostLastDay: 1 } }).runs).toBe("suspect");
});

test("orphans found just now deserve a look, those of the past do not", () => {
  const verdictOf = (change: Partial<HealthDetail["runner"][number]>) =>
    verdicts({ ...WELL, runner: [RUNNER, { ...RUNNER, host: "b", ...change }] }).runner;
  expect(verdictOf({ orphans: 2 })).toMatchObject({ state: "suspect", word: "2 orphans" });
  expect(verdictOf({})).toEqual({ state: "good", word: "good" });
  expect(verdictOf({ isAvailable: false })).toMatchObject({ state: "good", note: "1 of 2 hosts" });
});

test("without isolation apps are refused, and the installation is not ill for it", () => {
  const none = { ...WELL, runner: [{ ...RUNNER, isAvailable: false }] };
  expect(verdicts(none).runner).toMatchObject({ state: "silent", word: "no isolation" });
  expect(verdicts({ ...WELL, runner: [] }).runner.state).toBe("silent");
});
