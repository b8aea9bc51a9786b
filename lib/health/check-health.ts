import { isStorageReachable } from "#lib/objects/store";
import { listLiveWorkers } from "#lib/worker/store";

export interface Health {
  isHealthy: boolean;
  checks: { database: boolean; storage: boolean; worker: boolean };
}

/** Asks each dependency itself, now; nothing is assumed from an earlier answer. */
export async function checkHealth(): Promise<Health> {
  const [workers, storage] = await Promise.all([listLiveWorkers().catch(() => null), isStorageReachable()]);
  const checks = { database: workers !== null, storage, worker: (workers?.length ?? 0) > 0 };
  return { isHealthy: checks.database && checks.storage && checks.worker, checks };
}
