import { describe, expect, test } from "vitest";
import { listApiKeys } from "#lib/auth/api-key-store";
import { identify } from "#lib/auth/identify";
import { createApiKey, removeApiKey, rotateApiKey } from "#lib/auth/service/api-keys";
import { systemDb } from "#lib/db/client";
import { sha256Hex } from "#lib/ids";
import { makeApiKey, makeSignedIn, makeWorkspace, unique } from "#lib/testing/people";

const input = (name = unique("key")) => ({ name, scopes: ["runs:read", "runs:create"] as const, expiresInDays: 90 });
const owner = async () => (await makeSignedIn(await makeWorkspace(), "owner")).ctx();
const make = async (ctx: Awaited<ReturnType<typeof owner>>, name?: string) =>
  createApiKey(ctx, { ...input(name), scopes: [...input().scopes] });
const askWith = (authorization: string, method = "GET") =>
  identify(new Request("http://localhost:3000/api/v1/runs", { method, headers: { authorization } }), {
    requestId: "r",
    address: "a",
    now: new Date(),
  });
const ask = (key: string) => askWith(`Bearer ${key}`);

describe("an API key", () => {
  test("is stored as a hash only, and opens its workspace with its scopes", async () => {
    const ctx = await owner();
    const { key, id, prefix } = await make(ctx);
    expect(key).toMatch(/^fp_live_[A-Za-z0-9_-]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const row = await systemDb().apiKey.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(key.slice(12));
    expect(row.keyHash).toBe(sha256Hex(key));
    const called = await ask(key);
    expect(called.workspaceId).toBe(ctx.workspaceId);
    expect([...called.permissions].sort()).toEqual(["runs:create", "runs:read"]);
    expect((await systemDb().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt).not.toBeNull();
  });

  test("opens for reading as the password of Basic, whatever the name, and never for writing", async () => {
    const ctx = await owner();
    const { key } = await make(ctx);
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    expect((await askWith(basic(`qgis:${key}`))).workspaceId).toBe(ctx.workspaceId);
    expect((await askWith(basic(`:${key}`))).workspaceId).toBe(ctx.workspaceId);
    await expect(askWith(basic(`qgis:${key}`), "POST")).rejects.toMatchObject({ code: "unauthenticated" });
    for (const wrong of [basic("qgis:nothing"), basic(key.slice(0, -1)), "Basic", "Basic ", "Digest x"]) {
      await expect(askWith(wrong), wrong).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });

  test("expires after its days", async () => {
    const ctx = await owner();
    const { key, id, expiresAt } = await make(ctx);
    expect(Number(expiresAt) - ctx.now.getTime()).toBe(90 * 86_400_000);
    await systemDb().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(ask(key)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("has a name that no other live key of the workspace has, also when two are made at once", async () => {
    const ctx = await owner();
    const name = unique("gateway");
    const outcomes = await Promise.allSettled([make(ctx, name), make(ctx, name), make(ctx, name)]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    await expect(make(ctx, name)).rejects.toMatchObject({ code: "conflict", fields: [{ pointer: "/name" }] });
    await expect(make(await owner(), name)).resolves.toBeDefined();
  });

  test("rotated: the old secret is refused at once, the new one keeps name, scopes and lifetime", async () => {
    const ctx = await owner();
    const old = await make(ctx);
    const later = { ...ctx, now: new Date(ctx.now.getTime() + 86_400_000) };
    const fresh = await rotateApiKey(later, old.id);
    await expect(ask(old.key)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await ask(fresh.key)).workspaceId).toBe(ctx.workspaceId);
    expect(fresh).toMatchObject({ id: old.id, name: old.name, scopes: old.scopes });
    expect(Number(fresh.expiresAt) - later.now.getTime()).toBe(90 * 86_400_000);
  });

  test("revoked: refused at once, gone from the list, its name free again, not to be rotated", async () => {
    const ctx = await owner();
    const made = await make(ctx);
    await removeApiKey(ctx, made.id);
    await expect(ask(made.key)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await listApiKeys(ctx, { limit: 50 })).items).toEqual([]);
    await expect(rotateApiKey(ctx, made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeApiKey(ctx, made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(make(ctx, made.name)).resolves.toBeDefined();
  });

  test("of another workspace cannot be seen, rotated or revoked", async () => {
    const ctx = await owner();
    const foreign = await makeApiKey(await makeWorkspace(), { scopes: ["runs:read"] });
    await expect(rotateApiKey(ctx, foreign.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeApiKey(ctx, foreign.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(foreign.key)).resolves.toBeDefined();
  });
});
