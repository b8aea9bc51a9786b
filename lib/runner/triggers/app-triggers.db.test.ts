import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { systemContext, type Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { getRun } from "#lib/runs/service/get-run";
import { createTestWorkspace } from "#lib/testing/runs";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";
import { changeTrigger, createTrigger, listTriggers } from "./manage-triggers.ts";
import type { CreateTriggerInput } from "./schema.ts";
import { startByHook, tickTriggers } from "./start-triggered.ts";

async function makeTrigger(of: { kind: "schedule"; cron: string } | { kind: "webhook" }) {
  const ctx = await createTestWorkspace();
  const parameters = [{ name: "windowMin", type: "integer", default: 10 }];
  const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP, manifest: { parameters } });
  const { uploadId } = await storedUpload(ctx, await zipOf({ "a.csv": "1" }), "daily.zip");
  const input: CreateTriggerInput = { ...of, uploadId, params: {} };
  return { ctx, appId, trigger: await createTrigger(ctx, appId, input) };
}

const endRuns = (ctx: Ctx) =>
  systemDb().run.updateMany({ where: { workspaceId: ctx.workspaceId }, data: { state: "failed" } });
const countRuns = (ctx: Ctx) => systemDb().run.count({ where: { workspaceId: ctx.workspaceId } });
const read = async (ctx: Ctx, appId: string) => (await listTriggers(ctx, appId))[0]!;

test("a schedule starts its app at its time, each time anew, and skips while its last run is in progress", async () => {
  const { ctx, appId, trigger } = await makeTrigger({ kind: "schedule", cron: "10 6 * * *" });
  const due = new Date(trigger.nextAt!);
  await tickTriggers(new Date(due.getTime() - 1000));
  expect(await countRuns(ctx)).toBe(0);
  await tickTriggers(due);
  const first = await read(ctx, appId);
  expect(await getRun(ctx, first.lastRunId!)).toMatchObject({ trigger: "schedule", params: { windowMin: 10 } });
  expect(Date.parse(first.nextAt!)).toBe(due.getTime() + 86_400_000);

  await tickTriggers(new Date(first.nextAt!));
  expect(await countRuns(ctx)).toBe(1);
  expect((await read(ctx, appId)).lastError).toContain("still in progress");

  await endRuns(ctx);
  await tickTriggers(new Date((await read(ctx, appId)).nextAt!));
  expect(await countRuns(ctx)).toBe(2);
  expect((await read(ctx, appId)).lastError).toBeNull();
});

test("a schedule that is switched off starts nothing, and does not make up for it", async () => {
  const { ctx, appId, trigger } = await makeTrigger({ kind: "schedule", cron: "10 6 * * *" });
  await changeTrigger(ctx, trigger.id, { isEnabled: false });
  await tickTriggers(new Date(trigger.nextAt!));
  expect(await countRuns(ctx)).toBe(0);
  const later = systemContext(ctx.workspaceId, "later", new Date(Date.parse(trigger.nextAt!) + 3_600_000));
  await changeTrigger(later, trigger.id, { isEnabled: true });
  expect(Date.parse((await read(ctx, appId)).nextAt!)).toBe(Date.parse(trigger.nextAt!) + 86_400_000);
});

test("a cron expression that cannot be read is refused with an example", async () => {
  await expect(makeTrigger({ kind: "schedule", cron: "daily" })).rejects.toThrow("has not five fields");
});

function signed(secret: string, body: string, at: Date) {
  const time = Math.floor(at.getTime() / 1000);
  const digest = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return { body, signature: `t=${time},v1=${digest}` };
}

test("a signed request starts the app once, with its parameters", async () => {
  const { ctx, appId, trigger } = await makeTrigger({ kind: "webhook" });
  const request = signed(trigger.secret!, '{"params":{"windowMin":5},"other":1}', ctx.now);
  const { id } = await startByHook(ctx.now, trigger.id, request);
  expect(await getRun(ctx, id)).toMatchObject({ params: { windowMin: 5 }, startedBy: "webhook" });
  await expect(startByHook(ctx.now, trigger.id, request)).rejects.toThrow("taken already");
  expect(await countRuns(ctx)).toBe(1);
  await endRuns(ctx);
  const wrong = signed(trigger.secret!, '{"params":{"windowMin":"x"}}', ctx.now);
  await expect(startByHook(ctx.now, trigger.id, wrong)).rejects.toThrow("windowMin");
  expect((await read(ctx, appId)).lastError).toContain("windowMin");
});

test("wrong, old, absent and exchanged signatures all get the answer of a webhook that is not there", async () => {
  const { ctx, trigger } = await makeTrigger({ kind: "webhook" });
  const good = signed(trigger.secret!, "{}", ctx.now);
  const attempts = [
    { body: "{}", signature: null },
    { body: '{"params":{}}', signature: good.signature },
    signed("another secret", "{}", ctx.now),
    signed(trigger.secret!, "{}", new Date(ctx.now.getTime() - 301_000)),
  ];
  for (const request of attempts) {
    await expect(startByHook(ctx.now, trigger.id, request)).rejects.toThrow("no such webhook");
  }
  await expect(startByHook(ctx.now, crypto.randomUUID(), good)).rejects.toThrow("no such webhook");
  await changeTrigger(ctx, trigger.id, { isEnabled: false });
  await expect(startByHook(ctx.now, trigger.id, good)).rejects.toThrow("no such webhook");
  expect(await countRuns(ctx)).toBe(0);
});
