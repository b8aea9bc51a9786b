import { describe, expect, test } from "vitest";
import { isAppError } from "#lib/errors";
import { checksumOf, pendingMigrations, type Migration } from "./migrate.ts";

const first: Migration = { name: "1_first", sql: "create table a (x int);\n" };
const second: Migration = { name: "2_second", sql: "create table b (x int);\n" };
const at = new Date(0);
const applied = (migration: Migration) => ({
  migration_name: migration.name,
  checksum: checksumOf(migration.sql),
  finished_at: at,
  logs: null,
});

describe("pendingMigrations", () => {
  test("lists what is not applied yet, in order", () => {
    expect(pendingMigrations([first, second], [applied(first)])).toEqual([second]);
    expect(pendingMigrations([first, second], [applied(first), applied(second)])).toEqual([]);
  });

  test("the checksum is the one Prisma writes: SHA-256 of the file in hexadecimal", () => {
    expect(checksumOf("select 1;\n")).toBe("4a45092ccf992ea92250053a80b931b787924ba61648f420555511b84f10ab6c");
  });

  test("changed line ends are no change", () => {
    const windows = { ...first, sql: first.sql.replaceAll("\n", "\r\n") };
    expect(pendingMigrations([windows], [applied(first)])).toEqual([]);
    expect(pendingMigrations([first], [applied(windows)])).toEqual([]);
  });

  test.each([
    ["an edited migration", [{ ...first, sql: "drop table a;" }], [applied(first)], /1_first was changed/],
    ["a migration of a newer version", [first], [applied(second)], /2_second of a newer Fieldport/],
    ["a failed one", [first], [{ ...applied(first), finished_at: null, logs: "boom" }], /1_first failed halfway: boom/],
  ])("refuses %s by name", (_title, migrations, rows, message) => {
    let thrown: unknown;
    try {
      pendingMigrations(migrations, rows);
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown, "conflict")).toBe(true);
    expect(String(thrown)).toMatch(message);
  });
});
