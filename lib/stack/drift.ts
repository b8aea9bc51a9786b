import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { migrate, readMigrations } from "#lib/db/migrate";
import { diffToSchema } from "./schema-engine.ts";
import { startTemporaryPostgres } from "./temporary-postgres.ts";

export interface SchemaFolders {
  /** Folder of *.prisma files. */
  schema: string;
  migrations: string;
}

/** How a hand-written migration says that a table has no Prisma model: COMMENT ON TABLE t IS 'external: why'. */
const EXTERNAL = "external:";

/**
 * SQL that is missing between the migrations and the Prisma schema; "" when they agree. The migrations are applied to
 * a throw-away database. Partitions, tables marked as external and whatever Prisma has no words for (policies, partial
 * and expression indexes, functions, checks) do not count.
 */
export async function findDrift(folders: SchemaFolders): Promise<string> {
  const database = await startTemporaryPostgres();
  try {
    await migrate(database.url, readMigrations(folders.migrations));
    return await diffToSchema({
      databaseUrl: database.url,
      schema: readSchema(folders.schema),
      externalTables: await listExternalTables(database.url),
    });
  } finally {
    await database.stop();
  }
}

function readSchema(folder: string) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  return names.sort().map((name) => {
    const path = join(folder, name);
    return { path, content: readFileSync(path, "utf8") };
  });
}

async function listExternalTables(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p')
         and (c.relispartition or c.relname = '_prisma_migrations'
           or coalesce(obj_description(c.oid, 'pg_class'), '') like $1)`,
      [`${EXTERNAL}%`],
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}
