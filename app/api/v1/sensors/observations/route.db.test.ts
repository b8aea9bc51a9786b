import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { makeApiKey, makeWorkspace } from "#lib/testing/people";
import { POST } from "./route.ts";

let ctx: Ctx;
let key: string;
beforeEach(async () => {
  ctx = await makeWorkspace();
  ({ key } = await makeApiKey(ctx, { scopes: ["observations:write"] }));
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

async function post(body: unknown, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/v1/sensors/observations", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const countStored = async () => {
  const [row] = await systemDb().$queryRaw<{ count: number; sum: number | null }[]>`
    select count(*)::int as count, sum(value) as sum from observations where workspace_id = ${ctx.workspaceId}::uuid`;
  return row;
};
const reading = (minute: number, value: unknown = 11.5, more: object = {}) => ({
  sensor: "A",
  observedProperty: "temp",
  observedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  value,
  ...more,
});

describe("POST /sensors/observations", () => {
  it("stores one observation, in the usual unit, and nothing when it is sent again", async () => {
    const fahrenheit = reading(0, 50, { unit: "°F" });
    expect(await post(fahrenheit)).toMatchObject({ status: 200, answer: { stored: 1, duplicates: 0, rejected: 0 } });
    expect(await post(fahrenheit)).toMatchObject({ status: 200, answer: { stored: 0, duplicates: 1, rejected: 0 } });
    expect(await countStored()).toEqual({ count: 1, sum: 10 });
  });

  it("says of every row of a batch what became of it", async () => {
    await post(reading(1, 3));
    const { answer } = await post({
      observations: [
        reading(0),
        reading(1, 4),
        reading(2, "wet"),
        reading(3, -999),
        reading(0),
        reading(4, 900),
        { ...reading(5), observedAt: "2026-01-01T00:05:00" },
        { ...reading(6), observedAt: "2226-01-01T00:05:00Z" },
        { ...reading(7), sensor: " " },
      ],
    });
    expect(answer).toMatchObject({
      stored: 1,
      duplicates: 2,
      rejected: 6,
      rows: [
        { index: 0, state: "stored" },
        { index: 1, state: "duplicate", detail: "3 Cel was stored before and stays" },
        { index: 2, state: "rejected", detail: "value: A number was expected" },
        { index: 3, state: "rejected", rule: "error_code" },
        { index: 4, state: "duplicate" },
        { index: 5, state: "rejected", rule: "out_of_physical_range" },
        { index: 6, state: "rejected", detail: expect.stringContaining("observedAt") as string },
        { index: 7, state: "rejected", rule: "timestamp_future" },
        { index: 8, state: "rejected", detail: "sensor: Missing" },
      ],
    });
    expect(await countStored()).toEqual({ count: 2, sum: 14.5 });
  });

  it("takes 1,000 rows in one request and refuses 1,001", async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => reading(i, i % 40));
    expect(await post({ observations: rows })).toMatchObject({ status: 400 });
    expect(await post({ observations: rows.slice(0, 1000) })).toMatchObject({ answer: { stored: 1000 } });
    expect(await post({ observations: rows.slice(0, 1000) })).toMatchObject({ answer: { duplicates: 1000 } });
  });

  it("takes a CSV by the names of its columns", async () => {
    const csv = "sensor;value;observed_at;observed_property;unit\r\nB;1013;2026-01-01T00:00:00Z;pressure;mbar\r\n\r\n";
    expect(await post(csv, { "content-type": "text/csv; charset=utf-8" })).toMatchObject({ answer: { stored: 1 } });
    const [stream] = await systemDb().datastream.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(stream).toMatchObject({ observedProperty: "air_pressure", unit: "hPa", lastValue: 1013 });
    const broken = await post("sensor,value\nB,1\n", { "content-type": "text/csv" });
    expect(broken).toMatchObject({
      status: 400,
      answer: { detail: expect.stringContaining("observedProperty") as string },
    });
  });

  it("is no success when nothing could be kept, and names each row", async () => {
    const { status, answer } = await post(reading(0, null));
    expect(status).toBe(422);
    expect(answer.errors).toEqual([{ pointer: "/observations/0", detail: "value: A number was expected" }]);
    expect((await countStored())?.count).toBe(0);
  });

  it("loses and doubles nothing when ten devices post overlapping batches at once", async () => {
    const batches = Array.from({ length: 10 }, (_, device) =>
      Array.from({ length: 100 }, (_row, i) => reading(device * 50 + i, i)),
    );
    const answers = await Promise.all(batches.map((observations) => post({ observations })));
    const stored = answers.reduce((sum, { answer }) => sum + Number(answer.stored), 0);
    expect(stored).toBe(550);
    expect((await countStored())?.count).toBe(550);
  });

  it("leads from every value to who posted it, one post an hour", async () => {
    await post(reading(0));
    await post({ observations: [reading(1), reading(2)] });
    const posts = await systemDb().observationPost.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(posts).toMatchObject([{ actorKind: "api-key", storedCount: 3 }]);
    const rows = await systemDb().$queryRaw<{ no: number }[]>`
      select distinct -dataset_no as no from observations where workspace_id = ${ctx.workspaceId}::uuid`;
    expect(rows).toEqual([{ no: posts[0]!.no }]);
  });
});
