import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findHolder, tryLock, withLock } from "./lock-path.ts";
import { recordProcess } from "./processes.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fieldport-lock-"));
  path = join(folder, "portal.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("tryLock", () => {
  test("the second attempt learns who holds it, and a release frees it", () => {
    const first = tryLock(path, "http://localhost:3000");
    expect(tryLock(path, "other")).toEqual({
      holder: { ...recordProcess(process.pid), label: "http://localhost:3000" },
    });
    expect(findHolder(path)?.label).toBe("http://localhost:3000");
    if ("release" in first) first.release();
    expect(findHolder(path)).toBeNull();
    expect("release" in tryLock(path, "other")).toBe(true);
  });

  test.each([
    ["of a process that is gone", JSON.stringify({ pid: 2 ** 22 + 5, identity: "x", label: "old" })],
    ["of a pid that now belongs to another process", JSON.stringify({ pid: process.pid, identity: "x", label: "old" })],
    ["that is damaged", "{"],
    ["that is empty", ""],
  ])("a lock %s is taken over and leaves no files behind", (_title, content) => {
    writeFileSync(path, content);
    const attempt = tryLock(path, "new");
    expect("release" in attempt).toBe(true);
    expect(readdirSync(folder)).toEqual(["portal.lock"]);
  });

  test("a lock that was taken over meanwhile survives the old owner's release", () => {
    const attempt = tryLock(path, "mine");
    writeFileSync(path, "somebody else's");
    if ("release" in attempt) attempt.release();
    expect(existsSync(path)).toBe(true);
  });

  test("the lock of a running process holds, that of the killed process does not", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    writeFileSync(path, JSON.stringify({ ...recordProcess(child.pid ?? 0), label: "child" }));
    expect(findHolder(path)?.label).toBe("child");
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(findHolder(path)).toBeNull();
  });
});

test("withLock never runs two at once and releases after a failure", async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await expect(withLock(path, "fails", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await Promise.all([withLock(path, "a", work), withLock(path, "b", work)]);
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});
