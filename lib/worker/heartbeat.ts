import { hostname } from "node:os";
import { removeAbandonedScratch } from "#lib/runs/execute/scratch-dir";
import { selectDead, SUSPICIOUS_AFTER_S } from "./dead-workers.ts";
import { deleteWorker, findOwnerlessLocks, findSilentWorkers, upsertWorker, type WorkerRow } from "./store.ts";

export function keepWorkerAlive(worker: WorkerRow): Promise<void> {
  return upsertWorker(worker);
}

export function removeWorker(id: string): Promise<void> {
  return deleteWorker(id);
}

/** Folders of killed processes of this host make room. */
export function tidyScratch(): Promise<void> {
  return removeAbandonedScratch(isRunning);
}

/** The jobs that dead workers had locked become free again. */
export async function unlockDeadWorkers(unlock: (queueIds: string[]) => Promise<void>): Promise<void> {
  const silent = await findSilentWorkers(SUSPICIOUS_AFTER_S);
  for (const dead of selectDead(silent, { host: hostname(), isRunning })) {
    await deleteWorker(dead.id);
  }
  const ownerless = await findOwnerlessLocks(SUSPICIOUS_AFTER_S);
  if (ownerless.length > 0) await unlock(ownerless);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
