import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { makeRows } from "#lib/testing/rows";
import { exportFaults } from "./export-faults.ts";

afterAll(async () => {
  await closeDb();
  await closePool();
});

test("faults are exported with their sensor, cause and place, those of the own workspace only", async () => {
  const [ctx, other] = [await makeWorkspace(), await makeWorkspace()];
  await makeRows(ctx);
  await makeRows(other);
  const lines = (await (await exportFaults(ctx, { format: "csv" })).text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(",bias,2026-01-05T00:00:00.000Z,2026-01-08T00:00:00.000Z,false,288,2,Cel,0.9,unreviewed,");
  const { features } = (await (await exportFaults(ctx, { format: "geojson", kind: "stuck" })).json()) as {
    features: [];
  };
  expect(features).toEqual([]);
});
