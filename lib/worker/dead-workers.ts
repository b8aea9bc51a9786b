import type { SeenWorker } from "./store.ts";

/** Two missed beats and no such process any more: dead. */
const GONE_AFTER_S = 11;
/** Nothing is known of processes on other hosts, so their silence must be longer. */
const SILENT_AFTER_S = 30;

interface Observer {
  host: string;
  /** Whether a process with this pid runs here. */
  isRunning: (pid: number) => boolean;
}

/** Of the workers that missed beats, those that will not come back; what they had locked becomes free again. */
export function selectDead(workers: readonly SeenWorker[], { host, isRunning }: Observer): SeenWorker[] {
  return workers.filter(
    (worker) =>
      worker.silentS >= SILENT_AFTER_S ||
      (worker.silentS >= GONE_AFTER_S && worker.host === host && !isRunning(worker.pid)),
  );
}

/** Workers silent for less than this are not even looked at. */
export const SUSPICIOUS_AFTER_S = GONE_AFTER_S;
