import { beforeAll, describe, expect, test } from "vitest";
import { APP_ROLE, inWorkspace, systemDb } from "#lib/db/client";
import { pool } from "#lib/db/pool";
import { newId } from "#lib/ids";
import { makeWorkspace } from "#lib/testing/people";
import { makeRows, type Rows } from "#lib/testing/rows";
import { findWorkspaceTables } from "#lib/testing/workspace-digest";

const tables = await findWorkspaceTables();

interface Guard {
  isEnabled: boolean;
  policies: number;
  isOpen: boolean;
}

async function guardOf(table: string): Promise<Guard> {
  const [guard] = await systemDb().$queryRaw<Guard[]>`
    select c.relrowsecurity as "isEnabled",
      (select count(*)::int from pg_policies p where p.schemaname = 'public' and p.tablename = ${table}
        and ${APP_ROLE}::name = any (p.roles)) as policies,
      has_table_privilege(${APP_ROLE}, c.oid, 'select, insert, update, delete')
        or has_any_column_privilege(${APP_ROLE}, c.oid, 'select, insert, update') as "isOpen"
    from pg_class c where c.oid = ${`public.${table}`}::regclass`;
  if (!guard) throw new Error(`no table ${table}`);
  return guard;
}

/** Runs one statement as the app role; without a workspace when none is given. */
async function asApp<T extends object>(workspaceId: string | null, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = await pool().connect();
  try {
    await client.query("begin");
    await client.query(`set local role ${APP_ROLE}`);
    if (workspaceId !== null) await client.query("select set_config('app.workspace_id', $1, true)", [workspaceId]);
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const countOf = async (workspaceId: string | null, table: string) =>
  Number((await asApp<{ count: string }>(workspaceId, `select count(*) from "${table}"`))[0]?.count);

let mine: Rows;
let foreign: Rows;
let open: string[];
beforeAll(async () => {
  mine = await makeRows(await makeWorkspace());
  foreign = await makeRows(await makeWorkspace());
  open = [];
  for (const table of tables) if ((await guardOf(table)).isOpen) open.push(table);
});

test("the role of requests is neither superuser nor exempt, and owns no table", async () => {
  const [role] = await systemDb().$queryRaw<{ super: boolean; bypass: boolean; owned: number }[]>`
    select rolsuper as super, rolbypassrls as bypass,
      (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
    from pg_roles r where rolname = ${APP_ROLE}`;
  expect(role).toEqual({ super: false, bypass: false, owned: 0 });
});

test.each(tables)(
  "%s is either closed to the role of requests or has row-level security and a policy for it",
  async (table) => {
    const guard = await guardOf(table);
    if (!guard.isOpen) return;
    expect(guard.isEnabled).toBe(true);
    expect(guard.policies).toBeGreaterThan(0);
  },
);

test("the tables that requests use are open, so that this suite looks at something", () => {
  expect(open).toEqual(
    expect.arrayContaining(["uploads", "runs", "sensors", "memberships", "api_keys", "observations"]),
  );
});

describe("without a workspace", () => {
  test("every table shows 0 rows", async () => {
    for (const table of [...open, "workspaces", "users"]) {
      expect([table, await countOf(null, table === "users" ? "memberships" : table)]).toEqual([table, 0]);
    }
    expect(await asApp(null, "select id from users")).toEqual([]);
  });

  test("an empty setting is no workspace either", async () => {
    for (const table of open) expect([table, await countOf("", table)]).toEqual([table, 0]);
  });
});

describe("inside a workspace", () => {
  test("every table shows its rows only", async () => {
    for (const table of open) {
      const rows = await asApp<{ workspace_id: string }>(
        mine.workspaceId,
        `select distinct workspace_id from "${table}"`,
      );
      expect(rows.filter((row) => row.workspace_id !== mine.workspaceId)).toEqual([]);
    }
    expect(await countOf(mine.workspaceId, "sensors")).toBe(1);
    expect(await asApp(mine.workspaceId, "select id from workspaces")).toEqual([{ id: mine.workspaceId }]);
    expect(await asApp(mine.workspaceId, "select id from users where id = $1", [foreign.userId])).toEqual([]);
  });

  test("a row for another workspace is refused, and so is moving one there", async () => {
    const insert = "insert into sensors (id, workspace_id, code, updated_at) values ($1, $2, 'x', now())";
    await expect(asApp(mine.workspaceId, insert, [newId(), foreign.workspaceId])).rejects.toMatchObject({
      code: "42501",
    });
    const move = "update sensors set workspace_id = $1 where id = $2";
    await expect(asApp(mine.workspaceId, move, [foreign.workspaceId, mine.sensorId])).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("updates and deletes of another workspace's rows touch nothing", async () => {
    for (const table of open.filter((name) => name !== "audit_events")) {
      const sql = `delete from "${table}" where workspace_id = $1 returning 1`;
      expect([table, await asApp(mine.workspaceId, sql, [foreign.workspaceId])]).toEqual([table, []]);
    }
    expect(await systemDb().sensor.count({ where: { workspaceId: foreign.workspaceId } })).toBe(1);
  });

  test("passwords, sessions, tokens and the job queue are out of reach", async () => {
    const sqls = [
      "select password_hash from users",
      "select 1 from user_sessions",
      "select 1 from password_resets",
      "select 1 from oidc_accounts",
      "select 1 from sign_in_throttles",
      "select 1 from graphile_worker._private_jobs",
      "update users set name = 'x'",
      "create table t (x int)",
    ];
    for (const sql of sqls) await expect(asApp(mine.workspaceId, sql), sql).rejects.toMatchObject({ code: "42501" });
  });

  test("history cannot be rewritten", async () => {
    await expect(asApp(mine.workspaceId, "update audit_events set action = 'x'")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(asApp(mine.workspaceId, "delete from audit_events")).rejects.toMatchObject({ code: "42501" });
  });
});

describe("connections go back to the pool clean", () => {
  test("after a workspace's transaction, committed or failed, no role and no workspace is left", async () => {
    await inWorkspace(mine, (tx) => tx.sensor.count());
    await inWorkspace(mine, () => Promise.reject(new Error("on purpose"))).catch(() => null);
    const clients = await Promise.all(Array.from({ length: 8 }, () => pool().connect()));
    try {
      for (const client of clients) {
        const { rows } = await client.query<{ role: string; workspace: string }>(
          "select current_setting('role') as role, coalesce(current_setting('app.workspace_id', true), '') as workspace",
        );
        expect(rows[0]).toEqual({ role: "none", workspace: "" });
      }
    } finally {
      for (const client of clients) client.release();
    }
  });

  test("100 contexts at the same time each see their own workspace", async () => {
    const scopes = Array.from({ length: 100 }, (_unused, index) => (index % 2 === 0 ? mine : foreign));
    const seen = await Promise.all(
      scopes.map((scope) =>
        inWorkspace(scope, async (tx) => (await tx.sensor.findMany()).map((row) => row.workspaceId)),
      ),
    );
    expect(seen).toEqual(scopes.map((scope) => [scope.workspaceId]));
  });

  test("a nested call for another workspace gets a transaction of its own", async () => {
    const seen = await inWorkspace(mine, async (outer) => {
      const inner = await inWorkspace(foreign, (tx) => tx.sensor.findMany());
      const after = await outer.sensor.findMany();
      return [inner, after].map((rows) => rows.map((row) => row.id));
    });
    expect(seen).toEqual([[foreign.sensorId], [mine.sensorId]]);
  });
});
