import { afterAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeWorkspace } from "#lib/testing/people";
import { makeRun } from "#lib/testing/rows";
import { changeScenario } from "./service/change-scenario.ts";
import { compareScenarios } from "./service/compare-scenarios.ts";
import { getScenario } from "./service/get-scenario.ts";
import { listScenarios } from "./service/list-scenarios.ts";
import { saveScenario } from "./service/save-scenario.ts";
import { scenariosQuery } from "./schema.ts";

let ctx: Ctx;

beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

async function chargingRun(change: object = {}): Promise<string> {
  const id = await makeRun(ctx.workspaceId);
  await systemDb().run.update({ where: { id }, data: { algorithm: "cost-benefit", state: "succeeded", ...change } });
  return id;
}

const save = async (name: string, runId?: string) =>
  saveScenario(ctx, { name, runId: runId ?? (await chargingRun()), tags: ["2030"], notes: "" });
const names = async (query: object = {}) =>
  (await listScenarios(ctx, scenariosQuery.parse(query))).items.map(({ name }) => name);

test("a scenario keeps a run under a name; archived it is out of the way, and comes back", async () => {
  const { id, stale } = await save("Base case");
  expect(stale).toBeNull();
  await save("Dear gasoline");
  expect(await names()).toEqual(["Dear gasoline", "Base case"]);
  await changeScenario(ctx, id, { name: "Base", tags: [], archived: true });
  expect(await names()).toEqual(["Dear gasoline"]);
  expect(await names({ archived: "true" })).toEqual(["Base"]);
  expect(await names({ tag: "2030" })).toEqual(["Dear gasoline"]);
  await changeScenario(ctx, id, { archived: false });
  expect(await names()).toContain("Base");
});

test("pages follow each other without gap or double", async () => {
  const runId = await chargingRun();
  for (let i = 0; i < 7; i++) await save(`S${i}`, runId);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listScenarios(ctx, scenariosQuery.parse({ limit: 3, ...(cursor ? { cursor } : {}) }));
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.sort()).toEqual(["S0", "S1", "S2", "S3", "S4", "S5", "S6"]);
});

test("a result of an older version, and one that failed, say so", async () => {
  const old = await save("Old", await chargingRun({ version: 0 }));
  expect(old.stale).toMatch(/^Computed with version 0; today's is \d+/);
  const failed = await save("Failed", await chargingRun({ state: "failed" }));
  expect(failed.stale).toBe("Its run did not succeed.");
});

test("what is no charging run, or stands in another workspace, is refused", async () => {
  const check = await makeRun(ctx.workspaceId);
  await expect(save("Check", check)).rejects.toMatchObject({ code: "invalid_input" });
  const mine = await save("Mine");
  const other = await makeWorkspace();
  await expect(getScenario(other, mine.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(changeScenario(other, mine.id, { name: "x" })).rejects.toMatchObject({ code: "not_found" });
  await expect(compareScenarios(other, [mine.id, mine.id])).rejects.toMatchObject({ code: "not_found" });
  const input = { name: "Theirs", runId: mine.runId, tags: [], notes: "" };
  await expect(saveScenario(other, input)).rejects.toMatchObject({ code: "not_found" });
});

test("scenarios without a result stand beside each other without figures", async () => {
  const [a, b] = [await save("A"), await save("B", await chargingRun({ state: "failed" }))];
  const compared = await compareScenarios(ctx, [b.id, a.id]);
  expect(compared.scenarios.map(({ name }) => name)).toEqual(["B", "A"]);
  expect(compared).toMatchObject({ figures: [], series: [], assumptions: [] });
});
