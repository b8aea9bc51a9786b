import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { postRecords } from "../service/post-records.ts";
import { makeRecord, wallAt } from "../testing/records.ts";
import { readDriverPage } from "./service/read-driver-page.ts";
import { readDriversPage } from "./service/read-drivers-page.ts";
import { readEpisodePage } from "./service/read-episode-page.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});
const post = (...rows: unknown[]) => postRecords(ctx, rows, null);
const driver = "likun1000003";

test("drivers with their state now, found by a part of name or plate", async () => {
  await post(makeRecord(0, { isOverspeed: 1 }), makeRecord(0, { driverID: "Zoe", carPlateNumber: "AB-1" }));
  await post(makeRecord(5, { driverID: "Max", isNeutralSlide: 1 }));
  const all = await readDriversPage(ctx, {});
  expect(all.total).toBe(3);
  expect(Object.fromEntries(all.items.map((item) => [item.driver, item.state]))).toEqual({
    ...{ [driver]: "over-limit", Max: "coasting", Zoe: "within-limit" },
  });
  expect((await readDriversPage(ctx, { q: "ab-" })).items).toMatchObject([{ driver: "Zoe", overspeedCount: 0 }]);
  // A cursor of nowhere begins again instead of failing the page.
  expect((await readDriversPage(ctx, { cursor: "nonsense" })).items).toHaveLength(3);
  expect((await readDriversPage(await makeWorkspace(), {})).items).toEqual([]);
});

test("a driver's days count records and episodes by the vehicle's clock", async () => {
  const nextDay = 17 * 3600;
  await post(
    makeRecord(0, { isOverspeed: 1 }),
    makeRecord(12, { isOverspeedFinished: 1, overspeedTime: 12, Speed: "140", isFatigueDriving: 1 }),
    makeRecord(nextDay, { Speed: "80", isNeutralSlide: 1 }),
    makeRecord(nextDay + 4, { Speed: "80", isNeutralSlideFinished: 1, neutralSlideTime: 4 }),
    makeRecord(nextDay - 10, { Speed: "80" }),
  );
  const page = await readDriverPage(ctx, driver, {});
  expect(page.days).toMatchObject([
    { day: "2017-01-02", recordCount: 3, lateCount: 1, overspeedCount: 0, neutralSlideCount: 1, neutralSlideS: 4 },
    { day: "2017-01-01", recordCount: 2, speedKmhMax: 140, overspeedCount: 1, overspeedS: 12, fatigueCount: 1 },
  ]);
  const ofDay = await readDriverPage(ctx, driver, { from: "2017-01-01", to: "2017-01-01" });
  expect(ofDay.episodes.items).toMatchObject([{ kind: "overspeed" }]);
  expect((await readDriverPage(ctx, driver, { kind: "neutral-slide", from: "what" })).episodes.items).toHaveLength(1);
  await expect(readDriverPage(await makeWorkspace(), driver, {})).rejects.toThrow(/no such driver/);
});

test("an episode comes with the records around it, in this workspace only", async () => {
  const seconds = [0, 60, 100, 110, 180, 400];
  const flags: Record<number, Record<string, unknown>> = {
    100: { isOverspeed: 1 },
    110: { isOverspeedFinished: 1, overspeedTime: 10 },
  };
  await post(...seconds.map((second) => makeRecord(second, flags[second])));
  const [episode] = (await readDriverPage(ctx, driver, {})).episodes.items;
  const page = await readEpisodePage(ctx, episode?.id ?? "");
  expect(page.episode).toMatchObject({ driver, startAt: wallAt(100), durationS: 10, verdict: null, gapS: 60 });
  expect(page.records.map(({ at }) => at)).toEqual([60, 100, 110, 180].map(wallAt));
  await expect(readEpisodePage(await makeWorkspace(), episode?.id ?? "")).rejects.toThrow(/no such episode/);
  await expect(readEpisodePage(ctx, "not-an-id")).rejects.toThrow(/no such episode/);
});
