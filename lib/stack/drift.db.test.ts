import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findDrift } from "./drift.ts";

const SCHEMA = `
generator client {
  provider = "prisma-client"
  output   = "./generated"
}
datasource db {
  provider = "postgresql"
}
model Site {
  id    Int     @id
  name  String
  owner String?
  @@index([name])
}`;

const MIGRATION = `
create table "Site" (id integer not null, name text not null, owner text, constraint "Site_pkey" primary key (id));
create index "Site_name_idx" on "Site" (name);
create unique index one_owner on "Site" (owner) where owner is not null;
alter table "Site" enable row level security;
create policy mine on "Site" using (owner = current_user);
create table readings (site_id integer references "Site" (id), at timestamptz not null, primary key (site_id, at))
  partition by range (at);
create table readings_y2026m01 partition of readings for values from ('2026-01-01') to ('2026-02-01');
comment on table readings is 'external: partitioned by month, which Prisma cannot model';`;

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "fieldport-drift-"));
  mkdirSync(join(root, "migrations", "20260101000000_first"), { recursive: true });
  writeFileSync(join(root, "migrations", "20260101000000_first", "migration.sql"), MIGRATION);
  mkdirSync(join(root, "schema"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("partitions, marked tables, policies and partial indexes are no drift", async () => {
  writeFileSync(join(root, "schema", "base.prisma"), SCHEMA);
  expect(await findDrift({ schema: join(root, "schema"), migrations: join(root, "migrations") })).toBe("");
});

test("a column the migrations do not make is drift, across several schema files", async () => {
  writeFileSync(join(root, "schema", "base.prisma"), SCHEMA.replace("owner String?", "owner String?\n  city String?"));
  writeFileSync(join(root, "schema", "other.prisma"), "model Visit {\n  id Int @id\n}\n");
  const drift = await findDrift({ schema: join(root, "schema"), migrations: join(root, "migrations") });
  expect(drift).toContain(`ADD COLUMN     "city" TEXT`);
  expect(drift).toContain(`CREATE TABLE "Visit"`);
});
