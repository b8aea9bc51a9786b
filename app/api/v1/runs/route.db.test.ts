import { expect, test } from "vitest";
import { systemDb } from "#lib/db/client";
import { createTestApiKey, createTestWorkspace } from "#lib/testing/runs";
import { POST } from "./route.ts";

const ask = (apiKey: string, idempotencyKey: string, gapSteps: number) =>
  POST(
    new Request("http://localhost:3000/api/v1/runs", {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "idempotency-key": idempotencyKey },
      body: JSON.stringify({ algorithm: "range-step-stuck", params: { gapSteps }, recompute: true }),
    }),
    { params: Promise.resolve({}) },
  );

test("a write repeated with its Idempotency-Key gets the first answer and makes nothing twice", async () => {
  const ctx = await createTestWorkspace();
  const key = await createTestApiKey(ctx, ["runs:create"]);
  const first = await ask(key, "k1", 3);
  const second = await ask(key, "k1", 3);
  expect(first.status).toBe(202);
  expect(second.status).toBe(202);
  expect(second.headers.get("idempotent-replay")).toBe("true");
  expect(await second.json()).toEqual(await first.json());
  expect(await systemDb().run.count({ where: { workspaceId: ctx.workspaceId } })).toBe(1);
});

test("an Idempotency-Key with another body is refused", async () => {
  const ctx = await createTestWorkspace();
  const key = await createTestApiKey(ctx, ["runs:create"]);
  await ask(key, "k1", 3);
  const refused = await ask(key, "k1", 4);
  expect(refused.status).toBe(422);
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
});

test("a refused write frees its Idempotency-Key", async () => {
  const ctx = await createTestWorkspace();
  const key = await createTestApiKey(ctx, ["runs:create"]);
  expect((await ask(key, "k1", 0)).status).toBe(400);
  expect((await ask(key, "k1", 3)).status).toBe(202);
});

test("a key without the scope cannot start a run", async () => {
  const ctx = await createTestWorkspace();
  const key = await createTestApiKey(ctx, ["runs:read"]);
  expect((await ask(key, "k1", 3)).status).toBe(403);
});
