import { deleteWorker, findDeadWorkers, upsertWorker, type WorkerRow } from "./store.ts";

export function keepWorkerAlive(worker: WorkerRow): Promise<void> {
  return upsertWorker(worker);
}

export function removeWorker(id: string): Promise<void> {
  return deleteWorker(id);
}

/** A worker that has been silent for 30 s is dead; the jobs it had locked become free again. */
export async function unlockDeadWorkers(unlock: (queueIds: string[]) => Promise<void>): Promise<void> {
  for (const dead of await findDeadWorkers(30)) {
    if (dead.queueIds.length > 0) await unlock(dead.queueIds);
    await deleteWorker(dead.id);
  }
}
