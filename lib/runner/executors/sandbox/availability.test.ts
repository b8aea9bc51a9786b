import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import type * as Files from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const platform = process.platform;
const folders: string[] = [];

beforeEach(() => vi.resetModules());
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.doUnmock("node:fs/promises");
  Object.defineProperty(process, "platform", { value: platform });
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** Runs an app here, which must not begin: what the executor says instead, and what the health page shows. */
async function refusal() {
  const { tryApp } = await import("../../testing/try-app.ts");
  const { sandboxExecutor } = await import("./sandbox.ts");
  const { end, output } = await tryApp("print('it runs without isolation')");
  expect(output).toBe("");
  const availability = await sandboxExecutor.availability();
  expect(availability.isAvailable).toBe(false);
  expect(end).toMatchObject({ how: "failed", step: "provisioning", isTemporary: false });
  return end.how === "failed" && !availability.isAvailable ? [end.detail, availability.reason] : [];
}

it("runs nothing on another system than Linux, and says so", async () => {
  Object.defineProperty(process, "platform", { value: "darwin" });
  const reason = "Apps are isolated by Linux namespaces; this is darwin. Run a worker on Linux.";
  expect(await refusal()).toEqual([reason, reason]);
});

it("runs nothing without bubblewrap, and says how to get it", async () => {
  vi.doMock("node:fs/promises", async (original) => ({
    ...(await original<typeof Files>()),
    access: () => Promise.reject(new Error("ENOENT")),
  }));
  for (const said of await refusal()) expect(said).toMatch(/bubblewrap \(bwrap\).+is not installed.+apt-get install/);
});

it.skipIf(platform !== "linux")("runs nothing where bubblewrap may not isolate, and repeats what it said", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-no-bwrap-"));
  folders.push(folder);
  await writeFile(
    join(folder, "bwrap"),
    "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n",
  );
  await chmod(join(folder, "bwrap"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH ?? ""}`);
  for (const said of await refusal()) expect(said).toMatch(/cannot isolate here \(bwrap: No permissions to create new/);
});
