import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { AppError, messageOf } from "#lib/errors";

export interface Migration {
  /** Folder name, such as "20260101120000_sensors"; the order of names is the order of application. */
  name: string;
  sql: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  logs: string | null;
}

/** The number Prisma's own tools lock on, so that they and this runner never apply at the same time. */
const ADVISORY_LOCK = 72_707_369;

const CREATE_TABLE = `create table if not exists "_prisma_migrations" (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

/** Migrations of a folder laid out as Prisma does: one folder each with a `migration.sql`, in order. */
export function readMigrations(dir: string): Migration[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, "migration.sql")))
    .map((entry) => ({ name: entry.name, sql: readFileSync(join(dir, entry.name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Applies what is missing, in order, and returns the names applied. It keeps Prisma's `_prisma_migrations` table,
 * so `prisma migrate deploy` can take over at any point. Each migration is one transaction unless its text says
 * `-- no-transaction` (then it holds a single statement, such as CREATE INDEX CONCURRENTLY).
 */
export async function migrate(databaseUrl: string, migrations: Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "fieldport-migrate" });
  client.on("error", () => undefined);
  await connect(client);
  try {
    await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await client.query("set client_min_messages = warning");
    await client.query(CREATE_TABLE);
    const { rows } = await client.query<AppliedMigration>(
      `select migration_name, checksum, finished_at, logs from "_prisma_migrations" where rolled_back_at is null`,
    );
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // Ending the session also frees the advisory lock.
    await client.end();
  }
}

/** What is still to apply. Refuses a history that the folder does not continue: edited, failed or unknown steps. */
export function pendingMigrations(migrations: Migration[], applied: AppliedMigration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const name = row.migration_name;
    const migration = known.get(name);
    if (!migration) {
      const advice = "Start that version, or restore a backup from before it.";
      throw new AppError("conflict", `The database has migration ${name} of a newer Fieldport. ${advice}`);
    }
    if (!row.finished_at) {
      const advice = `Undo what it did, then delete its row from "_prisma_migrations" and start again.`;
      throw new AppError("conflict", `Migration ${name} failed halfway: ${firstLine(row.logs)} ${advice}`);
    }
    if (!acceptedChecksums(migration.sql).has(row.checksum)) {
      const advice = "Restore its text and put the change into a new migration.";
      throw new AppError("conflict", `Migration ${name} was changed after it had been applied. ${advice}`);
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

export function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** Git may change line ends on checkout; like Prisma, both spellings count as unchanged. */
function acceptedChecksums(sql: string): Set<string> {
  const unix = sql.replaceAll("\r\n", "\n");
  return new Set([checksumOf(sql), checksumOf(unix), checksumOf(unix.replaceAll("\n", "\r\n"))]);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  if (/^--\s*no-transaction\s*$/m.test(migration.sql)) return applyBare(client, migration);
  try {
    await client.query("begin");
    await client.query(migration.sql);
    await recordStart(client, migration);
    await recordFinish(client, migration);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw failure(migration, error);
  }
}

/** Outside a transaction a failure leaves traces, so the attempt itself is written down first. */
async function applyBare(client: pg.Client, migration: Migration): Promise<void> {
  await recordStart(client, migration);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query(`update "_prisma_migrations" set logs = $1 where migration_name = $2 and finished_at is null`, [
      messageOf(error),
      migration.name,
    ]);
    throw failure(migration, error);
  }
  await recordFinish(client, migration);
}

async function recordStart(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(`insert into "_prisma_migrations" (id, checksum, migration_name) values ($1, $2, $3)`, [
    randomUUID(),
    checksumOf(migration.sql),
    migration.name,
  ]);
}

async function recordFinish(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(
    `update "_prisma_migrations" set finished_at = clock_timestamp(), applied_steps_count = 1
     where migration_name = $1 and finished_at is null and rolled_back_at is null`,
    [migration.name],
  );
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw new AppError("unavailable", `The database does not answer: ${messageOf(error)}. Check DATABASE_URL.`, {
      cause: error,
    });
  }
}

function failure(migration: Migration, error: unknown): AppError {
  const line = error instanceof pg.DatabaseError && error.position ? ` at line ${lineAt(migration.sql, error)}` : "";
  return new AppError("unavailable", `Migration ${migration.name} failed${line}: ${messageOf(error)}`, {
    cause: error,
  });
}

function lineAt(sql: string, error: pg.DatabaseError): number {
  return sql.slice(0, Number(error.position)).split("\n").length;
}

function firstLine(logs: string | null): string {
  return `${logs?.trim().split("\n")[0] ?? "no message"}.`;
}
