import { afterAll, afterEach, expect, test, vi } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { inWorkspaceSql } from "#lib/db/sql";
import { loadRegistry } from "#lib/sensors/testing/load";
import { type Emulator, startEmulator } from "#lib/testing/emulators/emulator";
import { makeRun } from "#lib/testing/rows";
import { makeWorkspace } from "#lib/testing/people";
import type { Ctx } from "#lib/auth/context";
import { findAddresses } from "./algorithm.ts";

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());
afterAll(async () => {
  await closeDb();
  await closePool();
});

async function search(ctx: Ctx) {
  const { findAddressesIo } = await import("./io.ts");
  const runId = await makeRun(ctx.workspaceId);
  const tools = { signal: new AbortController().signal, onProgress: () => undefined };
  return inWorkspaceSql(ctx, async (client) => {
    const scope = { ctx, runId, client, tempDir: "" };
    const data = await findAddressesIo.open(scope, { inputs: {}, params: {} });
    const result = await findAddresses({}, data, tools);
    await findAddressesIo.commit!(scope, { inputs: {}, params: {}, data, result });
    return result;
  });
}

test("each place is asked for once, the sea has no address, and a moved sensor gets its new one", async () => {
  emulator = await startEmulator(({ url }) => {
    const lat = url.searchParams.get("lat");
    return { status: 200, json: lat === "1.0000" ? { error: "Unable to geocode" } : { display_name: `Street ${lat}` } };
  });
  vi.stubEnv("FIELDPORT_GEOCODER_URL", emulator.url);
  vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");
  const ctx = await makeWorkspace();
  await loadRegistry(ctx, [
    { code: "A", lat: 56.4, lon: -3.1 },
    { code: "B", lat: 56.40001, lon: -3.10001 },
    { code: "SEA", lat: 1, lon: 1 },
    { code: "NOWHERE" },
  ]);
  expect(await search(ctx)).toEqual({ askedCount: 2, foundCount: 1, leftCount: 0 });
  const addresses = async () => {
    const rows = await systemDb().sensor.findMany({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { code: "asc" },
    });
    return rows.map(({ code, address }) => `${code}: ${address}`);
  };
  expect(await addresses()).toEqual(["A: Street 56.4000", "B: Street 56.4000", "NOWHERE: ", "SEA: "]);
  expect(await search(ctx)).toMatchObject({ askedCount: 0 });
  expect(emulator.requests).toHaveLength(2);
  await loadRegistry(ctx, [{ code: "B", lat: 57, lon: -3 }]);
  expect(await search(ctx)).toMatchObject({ askedCount: 1 });
  expect((await addresses())[1]).toBe("B: Street 57.0000");
}, 30_000);
