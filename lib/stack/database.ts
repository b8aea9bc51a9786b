import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import { migrate, readMigrations } from "#lib/db/migrate";
import { repositoryRoot } from "./repository-root.ts";

/** Brings a database to this version: the application's tables, then those of the job queue. Returns what was new. */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await migrate(databaseUrl, readMigrations(join(repositoryRoot, "prisma", "migrations")));
  await runMigrations({ connectionString: databaseUrl });
  return applied;
}
