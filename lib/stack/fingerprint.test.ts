import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fieldport-print-"));
  mkdirSync(join(root, "lib", "stack"), { recursive: true });
  for (const name of ["lib/a.ts", "lib/a.test.ts", "lib/stack/b.ts", "next.config.ts"])
    writeFileSync(join(root, name), "x");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const current = (salt = "") =>
  fingerprint({ root, paths: ["lib", "next.config.ts", "proxy.ts"], except: ["lib/stack"], salt });

describe("fingerprint", () => {
  test("stays while nothing changes and depends on the salt", () => {
    expect(current()).toBe(current());
    expect(current("v2")).not.toBe(current());
  });

  test.each<[string, (path: string) => void]>([
    ["a changed size", (path) => writeFileSync(path, "longer")],
    ["a changed time", (path) => utimesSync(path, 1, 1)],
    ["a removed file", (path) => rmSync(path)],
  ])("%s changes it", (_title, change) => {
    const before = current();
    change(join(root, "lib/a.ts"));
    expect(current()).not.toBe(before);
  });

  test("a file that appears, even one named directly, changes it", () => {
    const before = current();
    writeFileSync(join(root, "proxy.ts"), "x");
    expect(current()).not.toBe(before);
  });

  test("tests and excepted folders do not count", () => {
    const before = current();
    writeFileSync(join(root, "lib/a.test.ts"), "changed");
    writeFileSync(join(root, "lib/stack/b.ts"), "changed");
    expect(current()).toBe(before);
  });
});

test("a stamp holds exactly one fingerprint", () => {
  const path = join(root, "stamp");
  expect(isStamped(path, "one")).toBe(false);
  writeStamp(path, "one");
  expect(isStamped(path, "one")).toBe(true);
  expect(isStamped(path, "two")).toBe(false);
});
