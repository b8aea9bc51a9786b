import { formatBytes } from "#lib/format/bytes";
import { formatDuration } from "#lib/format/durations";
import { countOf } from "#lib/format/lists";
import type { HealthDetail } from "#lib/health/schema";

export interface Verdict {
  /** "silent": not there, and nothing that has to be. */
  state: "good" | "suspect" | "fault" | "silent";
  word: string;
  note?: string;
}

export type Verdicts = Record<"database" | "storage" | "queue" | "runs" | "workers" | "runner" | "disk", Verdict>;

/** A job that nobody took for this long says that workers are too few or stuck. */
const WAITING_LONG_S = 60;
const SLOW_MS = 250;
const DISK_SHARE_MIN = 0.1;
const DISK_FREE_MIN_BYTES = 2e9;

const GOOD: Verdict = { state: "good", word: "good" };

/** What the figures mean, part by part, with the figure that decided. */
export function verdicts(health: HealthDetail): Verdicts {
  return {
    database: databaseVerdict(health),
    storage: storageVerdict(health),
    queue: queueVerdict(health),
    runs: runsVerdict(health),
    workers: workersVerdict(health),
    runner: runnerVerdict(health),
    disk: diskVerdict(health),
  };
}

function databaseVerdict({ checks, database }: HealthDetail): Verdict {
  if (!checks.database) return { state: "fault", word: "no answer" };
  return database.latencyMs > SLOW_MS ? { state: "suspect", word: "slow" } : GOOD;
}

function storageVerdict({ storage }: HealthDetail): Verdict {
  if (!storage.isReachable) return { state: "fault", word: "no answer", note: "uploads and downloads fail" };
  return storage.latencyMs > 4 * SLOW_MS ? { state: "suspect", word: "slow" } : GOOD;
}

function queueVerdict({ queue }: HealthDetail): Verdict {
  const waitsS = queue.oldestWaitingS ?? 0;
  if (waitsS > WAITING_LONG_S)
    return { state: "suspect", word: "behind", note: `oldest job waits ${formatDuration(waitsS)}` };
  if (queue.failed > 0) return { state: "suspect", word: "jobs given up", note: countOf(queue.failed, "job") };
  return GOOD;
}

function runsVerdict({ runs }: HealthDetail): Verdict {
  if (runs.lostLastDay > 0) return { state: "suspect", word: "runs lost", note: "in the last 24 hours" };
  return GOOD;
}

function workersVerdict({ workers }: HealthDetail): Verdict {
  if (workers.length === 0) return { state: "fault", word: "none", note: "nothing is computed" };
  return { ...GOOD, note: `${workers.length} alive` };
}

/** Apps are an offer: a host that cannot isolate them refuses them, and is not ill for it. */
function runnerVerdict({ runner }: HealthDetail): Verdict {
  const orphans = runner.reduce((sum, report) => sum + report.orphans, 0);
  if (orphans > 0) return { state: "suspect", word: countOf(orphans, "orphan"), note: "found and terminated just now" };
  if (runner.length === 0) return { state: "silent", word: "not looked at yet" };
  const able = runner.filter(({ isAvailable }) => isAvailable).length;
  if (able === 0) return { state: "silent", word: "no isolation", note: "apps are refused" };
  return able === runner.length ? GOOD : { ...GOOD, note: `${able} of ${countOf(runner.length, "host")}` };
}

function diskVerdict({ disk }: HealthDetail): Verdict {
  if (disk === null) return GOOD;
  if (disk.freeBytes < DISK_FREE_MIN_BYTES) {
    return { state: "fault", word: "nearly full", note: `${formatBytes(disk.freeBytes)} free` };
  }
  return disk.freeBytes / disk.totalBytes < DISK_SHARE_MIN ? { state: "suspect", word: "filling up" } : GOOD;
}
