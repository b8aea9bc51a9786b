import { afterAll, expect, it } from "vitest";
import { readChargingMapPage } from "#lib/charging/statistics/service/read-map-page";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { closeLive } from "#lib/live/subscribe";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { addDemoSessions, computeDemoStatistics } from "./demo-sessions.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

it("made-up sessions become a dataset and a map of all counties with their stations", async () => {
  const ctx = await makeWorkspace();
  const other = await makeWorkspace();
  const driver = new Driver(ctx);
  const work = async () => {
    while (await driver.work());
  };
  try {
    expect(await readChargingMapPage(ctx, null)).toEqual({ state: "empty", datasetIds: [], newest: null });
    await addDemoSessions(ctx.workspaceId, ctx.now);
    await work();
    const before = await readChargingMapPage(ctx, null);
    expect(before.state === "empty" && before.datasetIds).toHaveLength(1);
    await computeDemoStatistics(ctx.workspaceId, 1, ctx.now);
    await work();

    const page = await readChargingMapPage(ctx, null);
    if (page.state !== "ready") throw new Error(`The map is ${page.state}.`);
    expect(page.spec.regions).toHaveLength(58);
    expect(page.spec.unplaced).toEqual([]);
    expect(page.spec.periods).toHaveLength(13);
    expect(page.stationCount).toBeGreaterThan(1000);
    expect(page.files).toMatchObject([{ name: "california-charging-sessions-synthetic" }]);
    expect(await readChargingMapPage(ctx, page.run.id)).toMatchObject({ run: { id: page.run.id } });

    const isUnknown = (error: unknown) => isAppError(error, "not_found");
    await expect(readChargingMapPage(ctx, newId())).rejects.toSatisfy(isUnknown);
    await expect(readChargingMapPage(other, page.run.id)).rejects.toSatisfy(isUnknown);
  } finally {
    driver.close();
  }
}, 90_000);
