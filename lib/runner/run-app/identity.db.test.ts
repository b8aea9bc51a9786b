import { expect, test } from "vitest";
import { createTestWorkspace } from "#lib/testing/runs";
import { systemDb } from "#lib/db/client";
import { changeApp } from "../service/change-app.ts";
import { listAppRuns } from "../app-view-store.ts";
import { startApp } from "../service/start-app.ts";
import { GOOD_APP, makeTestApp, storedUpload } from "../testing/apps.ts";
import { zipOf } from "../testing/zips.ts";

const fresh = { params: {}, recompute: false };

test("two apps with equal code have runs of their own on the same input; each has its stored result", async () => {
  const ctx = await createTestWorkspace();
  const { artifactId } = await storedUpload(ctx, await zipOf({ "a.csv": "1,2\n" }), "job.zip");
  const apps = [
    await makeTestApp(ctx, { slug: "north", source: GOOD_APP }),
    await makeTestApp(ctx, { slug: "south", source: GOOD_APP }),
  ];
  const runs = await Promise.all(apps.map(({ id }) => startApp(ctx, id, { ...fresh, artifactId })));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
  expect(runs.map(({ origin }) => origin)).toEqual(["new", "new"]);
  for (const [index, app] of apps.entries()) {
    const { items } = await listAppRuns(ctx, app.id, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([runs[index]?.id]);
  }
  await systemDb().run.updateMany({ where: { workspaceId: ctx.workspaceId }, data: { state: "succeeded" } });
  const again = await startApp(ctx, apps[1]!.id, { ...fresh, artifactId });
  expect(again).toMatchObject({ id: runs[1]?.id, origin: "stored" });
});

test("a secret that was entered anew is another run, one that the app does not read is none", async () => {
  const ctx = await createTestWorkspace();
  const { artifactId } = await storedUpload(ctx, await zipOf({ "a.csv": "1,2\n" }), "job.zip");
  const app = await makeTestApp(ctx, {
    source: GOOD_APP,
    manifest: { secrets: ["API_KEY"] },
    secrets: { API_KEY: "first-value", OTHER: "unread-value" },
  });
  const start = () => startApp(ctx, app.id, { ...fresh, artifactId });
  const first = await start();
  await changeApp(ctx, app.id, { secrets: { OTHER: "changed-value" } });
  expect(await start()).toMatchObject({ id: first.id, origin: "joined" });
  await changeApp(ctx, app.id, { secrets: { API_KEY: "second-value" } });
  expect((await start()).origin).toBe("new");
});
