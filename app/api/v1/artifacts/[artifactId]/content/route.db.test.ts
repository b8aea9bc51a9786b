import { afterAll, expect, test } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closeLive } from "#lib/live/subscribe";
import { Driver } from "#lib/testing/drive";
import { makeApiKey, makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { GET as getContent } from "./route.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
});

const LINE = "anna,P-1,50,10,80,0,,2024-03-01 08:00:00\n";

async function storedArtifact() {
  const ctx = await makeWorkspace();
  await addFile(ctx, { fileName: "day-1", kind: "driving-records", chunks: [LINE] });
  const driver = new Driver(ctx);
  await driver.work();
  driver.close();
  const artifact = await systemDb().artifact.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, uploads: { some: {} } },
  });
  return { ctx, artifact };
}

async function ask(ctx: Awaited<ReturnType<typeof makeWorkspace>>, artifactId: string, headers: object = {}) {
  const { key } = await makeApiKey(ctx, { scopes: ["datasets:read"] });
  const url = `http://localhost:3000/api/v1/artifacts/${artifactId}/content`;
  const request = new Request(url, { headers: { authorization: `Bearer ${key}`, ...headers } });
  return getContent(request, { params: Promise.resolve({ artifactId }) });
}

test("an artifact is known by its hash: who has it is told so, and its bytes may be kept for good", async () => {
  const { ctx, artifact } = await storedArtifact();
  const first = await ask(ctx, artifact.id);
  expect([first.status, first.headers.get("etag")]).toEqual([302, `"${artifact.sha256}"`]);
  expect(first.headers.get("cache-control")).toBe("private, max-age=240");
  const bytes = await fetch(first.headers.get("location") ?? "");
  expect(bytes.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect(await bytes.text()).toBe(LINE);
  const again = await ask(ctx, artifact.id, { "if-none-match": `"other", W/"${artifact.sha256}"` });
  expect([again.status, again.headers.get("location"), await again.text()]).toEqual([304, null, ""]);
  expect((await ask(ctx, artifact.id, { "if-none-match": '"other"' })).status).toBe(302);
});

test("another workspace learns nothing, not even that it has the right hash", async () => {
  const { artifact } = await storedArtifact();
  const answer = await ask(await makeWorkspace(), artifact.id, { "if-none-match": `"${artifact.sha256}"` });
  expect([answer.status, answer.headers.get("etag")]).toEqual([404, null]);
});
