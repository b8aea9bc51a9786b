import pg from "pg";
import { env } from "#lib/env";
import { log } from "#lib/log";

// Development reloads modules; the pool must survive that or connections leak.
const holder = globalThis as typeof globalThis & { fieldportPool?: pg.Pool };

/** The one connection pool of this process; Prisma and bulk SQL share it. */
export function pool(): pg.Pool {
  if (!holder.fieldportPool) {
    const created = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_MAX,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      application_name: "fieldport",
      options: "-c timezone=UTC",
    });
    // A connection that dies while idle (database restarted) must not end the process.
    created.on("error", (error) => log.warn("db.idle_connection_lost", { error: error.message }));
    // A checked-out connection reports its loss here as well as to the query that fails.
    created.on("connect", (client) => {
      client.on("error", (error) => log.warn("db.connection_lost", { error: error.message }));
    });
    holder.fieldportPool = created;
  }
  return holder.fieldportPool;
}

export async function closePool(): Promise<void> {
  const open = holder.fieldportPool;
  delete holder.fieldportPool;
  await open?.end();
}
