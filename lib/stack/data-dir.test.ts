import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataDir, prepareDataDir } from "./data-dir.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fieldport-data-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("secrets are made once, differ, and only their owner may read them", () => {
  const first = openDataDir(join(root, "data"));
  expect(openDataDir(join(root, "data")).secrets).toEqual(first.secrets);
  expect(new Set(Object.values(first.secrets)).size).toBe(6);
  if (process.platform !== "win32") expect(statSync(join(root, "data", "secrets.json")).mode & 0o777).toBe(0o600);
});

test("state survives reopening, and damage to it costs no more than the state", () => {
  openDataDir(root).update({ postgresPort: 5433, seeded: ["x"] });
  openDataDir(root).update({ objectServerPort: 9000 });
  expect(openDataDir(root).state()).toMatchObject({ postgresPort: 5433, objectServerPort: 9000, seeded: ["x"] });
  writeFileSync(join(root, "state.json"), "{ half");
  expect(openDataDir(root).state()).toEqual({ children: {}, seeded: [] });
});

test("damaged secrets are never replaced, because the database depends on them", () => {
  openDataDir(root);
  writeFileSync(join(root, "secrets.json"), "{ half");
  expect(() => openDataDir(root)).toThrow(/secrets\.json cannot be read \(not valid\)\. Restore it/);
});

test("a path that cannot be a folder is refused in one line that says what to set", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => prepareDataDir(join(root, "file"))).toThrow(/^Cannot write to .*file \(EEXIST\)\. .*FIELDPORT_DATA_DIR/);
});
