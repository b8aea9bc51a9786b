import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, inWorkspace, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { createRun } from "#lib/runs/service/create-run";
import { makeWorkspace } from "#lib/testing/people";
import { tariffsQuery } from "./api-schema.ts";
import { findPublishedTariff, PUBLISHED_TARIFF_IDS } from "./published/published-tariffs.ts";
import { type Tariff, tariff } from "./schema.ts";
import { getTariff } from "./service/get-tariff.ts";
import { listTariffs } from "./service/list-tariffs.ts";
import { createTariff, importTariff, saveTariffVersion, setTariffArchived } from "./service/save-tariff.ts";

let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

const E19 = tariff.parse(findPublishedTariff("pge-e-19-tou"));
const named = (name: string): Tariff => ({ ...E19, name });
const names = async (query: object = {}) =>
  (await listTariffs(ctx, tariffsQuery.parse(query))).items.filter(({ origin }) => origin === "workspace");

test("a save adds a version, and the one before stays as it was", async () => {
  const first = await createTariff(ctx, named("Site"));
  const second = await saveTariffVersion(ctx, first.id, named("Site, 2027"));
  expect([second.version, second.lineageId, second.id === first.id]).toEqual([2, first.lineageId, false]);
  expect((await getTariff(ctx, first.id)).tariff.name).toBe("Site");
  expect(second.versions.map(({ version, isNewest }) => [version, isNewest])).toEqual([
    [2, true],
    [1, false],
  ]);
  expect((await names()).map(({ name, version }) => [name, version])).toEqual([["Site, 2027", 2]]);
  expect((await saveTariffVersion(ctx, second.id, named("Site, 2027"))).id).toBe(second.id);
});

test("who saves an old version is told, whether one after the other or at once", async () => {
  const { id } = await createTariff(ctx, named("Site"));
  const outcomes = await Promise.allSettled(["A", "B", "C"].map((name) => saveTariffVersion(ctx, id, named(name))));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(saveTariffVersion(ctx, id, named("D"))).rejects.toMatchObject({ code: "conflict" });
  await expect(setTariffArchived(ctx, id, true)).rejects.toMatchObject({ code: "conflict" });
});

test("the database itself keeps content as it is", async () => {
  const { id } = await createTariff(ctx, named("Site"));
  const change = inWorkspace(ctx, (tx) => tx.chargingTariff.updateMany({ where: { id }, data: { name: "Other" } }));
  await expect(change).rejects.toThrow(/permission denied/);
});

test("archived it is out of the list, and comes back", async () => {
  const { id } = await createTariff(ctx, named("Site"));
  await setTariffArchived(ctx, id, true);
  expect(await names()).toEqual([]);
  expect(await names({ archived: "true" })).toHaveLength(1);
  await setTariffArchived(ctx, id, false);
  expect(await names()).toHaveLength(1);
});

test("those that come with the portal stand behind the own, once, and do not change", async () => {
  for (let i = 0; i < 3; i++) await createTariff(ctx, named(`T${i}`));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTariffs(ctx, tariffsQuery.parse({ limit: 2, ...(cursor ? { cursor } : {}) }));
    seen.push(...page.items.map(({ name, origin, id }) => (origin === "workspace" ? name : id)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["T2", "T1", "T0", ...PUBLISHED_TARIFF_IDS]);
  await expect(saveTariffVersion(ctx, "PGEe19", E19)).rejects.toMatchObject({ code: "unprocessable" });
});

test("another workspace has its own", async () => {
  const { id } = await createTariff(ctx, named("Site"));
  const other = await makeWorkspace();
  await expect(getTariff(other, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(saveTariffVersion(other, id, E19)).rejects.toMatchObject({ code: "not_found" });
  await expect(setTariffArchived(other, id, true)).rejects.toMatchObject({ code: "not_found" });
});

test("a file becomes a tariff, or says where it is wrong", async () => {
  const text = JSON.stringify(named("From a file"));
  expect(await importTariff(ctx, { fileName: "a.json", text })).toMatchObject({ name: "From a file", version: 1 });
  const gap = JSON.stringify({ ...E19, energyPeriods: E19.energyPeriods.slice(1) });
  await expect(importTariff(ctx, { fileName: "gap.json", text: gap })).rejects.toThrow(
    "gap.json, energyPeriods: No price: May to October, weekdays, 21:00 to 08:00.",
  );
  expect(await names()).toHaveLength(1);
});

test("a run names the version that it was asked for", async () => {
  const first = await createTariff(ctx, named("Site"));
  const ask = (tariffId: string) =>
    createRun(ctx, {
      algorithm: "optimise-charging",
      params: {},
      inputs: { sessions: ["08:00 17:00 12 6.6"], tariffId },
    });
  const before = await ask(first.id);
  const cheaper = { ...E19, name: "Site", fixedCharges: [] };
  const second = await saveTariffVersion(ctx, first.id, cheaper);
  const after = await ask(second.id);
  expect(after.id).not.toBe(before.id);
  expect((await ask(first.id)).id).toBe(before.id);
  const run = await systemDb().run.findUniqueOrThrow({ where: { id: before.id } });
  expect(run).toMatchObject({ title: "Managed charging, Site, 1 session", inputs: { tariffId: first.id } });
  const other = await makeWorkspace();
  const inputs = { sessions: ["08:00 17:00 12 6.6"], tariffId: first.id };
  await expect(createRun(other, { algorithm: "optimise-charging", params: {}, inputs })).rejects.toMatchObject({
    code: "not_found",
  });
});
