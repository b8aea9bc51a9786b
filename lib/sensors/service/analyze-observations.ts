import { systemDb } from "#lib/db/client";

/** Gathers the planner's statistics of the partitioned table as a whole, which PostgreSQL never does by itself. */
export async function analyzeObservations(): Promise<void> {
  await systemDb().$executeRaw`analyze observations, observation_rollups, datastreams`;
}
