import { statfs } from "node:fs/promises";
import { env } from "#lib/env";
import { isStorageReachable } from "#lib/objects/store";
import { listLiveWorkers } from "#lib/worker/store";
import { checkHealth } from "./check-health.ts";
import type { HealthDetail } from "./schema.ts";
import { readDatabaseFigures, readQueueFigures, readRunnerReports } from "./store.ts";

export async function describeHealth(): Promise<HealthDetail> {
  const health = await checkHealth();
  const [queue, database, workers, storage, disk, reports] = await Promise.all([
    readQueueFigures(),
    timed(readDatabaseFigures),
    listLiveWorkers(),
    timed(isStorageReachable),
    readDisk(),
    readRunnerReports(),
  ]);
  const { version, sizeBytes, connections, artifactBytes, artifactCount, ...runs } = database.value;
  return {
    ...health,
    queue,
    runs,
    workers: workers.map(({ id, host, startedAt, lastSeenAt }) => ({
      id,
      host,
      startedAt: startedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
    database: { version, sizeBytes, connections, latencyMs: database.ms },
    storage: { isReachable: storage.value, latencyMs: storage.ms, artifactBytes, artifactCount },
    runner: reports.map(({ at, ...report }) => ({ ...report, at: at.toISOString() })),
    disk,
    at: new Date().toISOString(),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: Math.round((performance.now() - startedAt) * 10) / 10 };
}

/** The disk of the data folder; null where this process has no such folder (serverless). */
async function readDisk(): Promise<HealthDetail["disk"]> {
  try {
    const disk = await statfs(env().FIELDPORT_DATA_DIR);
    return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
  } catch {
    return null;
  }
}
