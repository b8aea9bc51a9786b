import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "./migrate.ts";

const server = process.env.DATABASE_URL ?? "";
let url = "";
let client: pg.Client;

async function onServer(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}

beforeEach(async () => {
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  await onServer(`create database ${name}`);
  url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await onServer(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
});

const rows = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
const TABLE = { name: "1_table", sql: "create table a (x int);\ninsert into a values (1);" };

test("applies in order, records every step and does nothing the second time", async () => {
  const more = { name: "2_more", sql: "alter table a add column y int default 2;" };
  expect(await migrate(url, [TABLE, more])).toEqual(["1_table", "2_more"]);
  expect(await migrate(url, [TABLE, more])).toEqual([]);
  expect(await rows("select x, y from a")).toEqual([{ x: 1, y: 2 }]);
  const recorded = await rows(
    `select migration_name, applied_steps_count, finished_at >= started_at as done, length(id) as id_length
     from _prisma_migrations order by started_at`,
  );
  expect(recorded).toEqual([
    { migration_name: "1_table", applied_steps_count: 1, done: true, id_length: 36 },
    { migration_name: "2_more", applied_steps_count: 1, done: true, id_length: 36 },
  ]);
});

test("a failing migration leaves nothing behind and names its line, so that a corrected one applies", async () => {
  const broken = { name: "2_broken", sql: "create table b (x int);\n\nselect nonsense from a;" };
  await expect(migrate(url, [TABLE, broken])).rejects.toThrow(/2_broken failed at line 3: .*nonsense/);
  expect(await rows("select to_regclass('b') as b")).toEqual([{ b: null }]);
  expect(await migrate(url, [TABLE, { ...broken, sql: "create table b (x int);" }])).toEqual(["2_broken"]);
});

test("a migration marked no-transaction may build an index concurrently", async () => {
  const index = { name: "2_index", sql: "-- no-transaction\ncreate index concurrently a_x on a (x);" };
  expect(await migrate(url, [TABLE, index])).toEqual(["1_table", "2_index"]);
});

test("a failed no-transaction migration stays recorded and blocks the next start with its reason", async () => {
  const index = { name: "2_index", sql: "-- no-transaction\ncreate index concurrently a_x on missing (x);" };
  await expect(migrate(url, [TABLE, index])).rejects.toThrow(/2_index failed/);
  await expect(migrate(url, [TABLE, index])).rejects.toThrow(
    /2_index failed halfway: relation "missing" does not exist/,
  );
});

test("two at the same time apply each migration once", async () => {
  const slow = { name: "1_slow", sql: "create table a (x int); select pg_sleep(0.05);" };
  const outcomes = await Promise.all([migrate(url, [slow]), migrate(url, [slow]), migrate(url, [slow])]);
  expect(outcomes.flat()).toEqual(["1_slow"]);
});
