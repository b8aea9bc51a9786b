import { afterAll, beforeAll, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import type { MapItem } from "#lib/maps/spec";
import { every, loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { makeSignedIn, makeWorkspace } from "#lib/testing/people";
import { makeFault, makeRun } from "#lib/testing/rows";
import { getViewport } from "./get-viewport.ts";
import { findMapIndex, settleMapIndex } from "./map-index.ts";
import { claim } from "./claim.ts";

const BIG = 6_000;
const WORLD = "-180,-85,180,85";
let small: Ctx;
let big: Ctx;

beforeAll(async () => {
  small = await makeWorkspace();
  await loadRegistry(small, [
    { code: "A", lat: 47.6, lon: -122.3, owner: "Ana" },
    { code: "B", lat: 47.6, lon: -122.3, owner: "Bo" },
    { code: "C", lat: 48.5, lon: -120, isReference: true },
    { code: "FIJI", lat: -17, lon: 179.9 },
    { code: "ZERO", lat: 0, lon: 0 },
  ]);
  await loadReadings(small, every(60_000, 10, { code: "A", startMs: Date.now() - 600_000 }));
  big = await makeWorkspace();
  await systemDb().$executeRaw`
    insert into sensors (id, workspace_id, code, owner_name, latitude, longitude, mercator_x, mercator_y, is_reference, verdict,
      verdict_reason, silent_after, updated_at)
    select gen_random_uuid(), ${big.workspaceId}::uuid, 'S' || i, 'Owner ' || i % 7, lat, lon, (lon + 180) / 360,
      0.5 - ln((1 + sin(radians(lat))) / (1 - sin(radians(lat)))) / (4 * pi()), i % 50 = 0,
      case when i % 9 = 1 then 'fault' else 'good' end, 'stuck', now() + make_interval(days => i % 3 - 1), now()
    from (select i, 40 + (i * 37 % 1000) * 0.01 as lat, 5 + (i * 91 % 997) * 0.01 as lon from generate_series(1, ${BIG}::int) as i) as p`;
  await systemDb().$executeRaw`
    insert into datastreams (workspace_id, sensor_id, observed_property, unit, last_value, last_observed_at)
    select workspace_id, id, 'pm2_5', 'ug/m3', 5 + latitude / 10, now() from sensors
    where workspace_id = ${big.workspaceId}::uuid and not is_reference`;
}, 60_000);
afterAll(async () => {
  await closeDb();
  await closePool();
});

const countIn = (items: readonly MapItem[]) =>
  items.reduce((sum, item) => sum + (item.kind === "cluster" ? item.count : 1), 0);

it("shows what lies in the box, counts what matches anywhere, and never places 0, 0", async () => {
  const all = await getViewport(small, { bbox: WORLD, zoom: 3 });
  expect(all).toMatchObject({ total: 5, matching: 5, unplaced: 1, byState: { good: 1, silent: 3, reference: 1 } });
  expect(countIn(all.items)).toBe(4);
  const corner = await getViewport(small, { bbox: "-120.1,48.4,-119.9,48.6", zoom: 12 });
  expect(corner.items).toMatchObject([{ kind: "point", label: "C", state: "reference" }]);
  expect(corner.matching).toBe(5);
});

it("joins sensors at one place into a cluster with its states", async () => {
  const { items } = await getViewport(small, { bbox: "-122.4,47.5,-122.2,47.7", zoom: 18 });
  expect(items).toMatchObject([{ kind: "cluster", count: 2, byState: { good: 1, silent: 1 } }]);
});

it("finds sensors in a box across the antimeridian", async () => {
  const { items } = await getViewport(small, { bbox: "179,-20,-178,-10", zoom: 8 });
  expect(items).toMatchObject([{ kind: "point", label: "FIJI" }]);
});

it("counts states without the state filter, because the legend is that filter", async () => {
  const { byState, matching, items } = await getViewport(small, { bbox: WORLD, zoom: 10, state: ["good"] });
  expect(byState).toEqual({ good: 1, silent: 3, reference: 1 });
  expect(matching).toBe(1);
  expect(countIn(items)).toBe(1);
});

it("filters by text, owner, quantity and position; wildcards are letters", async () => {
  const labels = async (filter: Parameters<typeof getViewport>[1]) =>
    (await getViewport(small, filter)).items.map((item) => (item.kind === "point" ? item.label : item.count));
  expect(await labels({ bbox: WORLD, zoom: 18, q: "an" })).toEqual(["A"]);
  expect(await labels({ bbox: WORLD, zoom: 18, owner: "Bo" })).toEqual(["B"]);
  expect(await labels({ bbox: WORLD, zoom: 18, property: "air_temperature" })).toEqual(["A"]);
  expect(await labels({ bbox: WORLD, zoom: 18, q: "%" })).toEqual([]);
  expect((await getViewport(small, { bbox: WORLD, zoom: 3, placed: false })).matching).toBe(1);
});

it("shows a person her sensors: claimed, or registered under her name", async () => {
  const ana = await makeSignedIn(small, "editor");
  const ctx = ana.ctx();
  expect((await getViewport(ctx, { bbox: WORLD, zoom: 3, mine: true })).matching).toBe(0);
  const { id } = await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: small.workspaceId, code: "C" } });
  await claim(ctx, id, ana.person.userId);
  expect((await getViewport(ctx, { bbox: WORLD, zoom: 3, mine: true })).matching).toBe(1);
  expect((await getViewport(small, { bbox: WORLD, zoom: 3, mine: true })).matching).toBe(0);
});

it("shows nothing of another workspace", async () => {
  expect(await getViewport(await makeWorkspace(), { bbox: WORLD, zoom: 3 })).toMatchObject({ total: 0, items: [] });
});

it("answers from memory what the database answers", async () => {
  const queries = [
    { bbox: "0,35,20,55", zoom: 4 },
    { bbox: "0,35,20,55", zoom: 6, state: ["fault" as const, "reference" as const] },
    { bbox: "7,42,9,44", zoom: 9 },
    { bbox: "7,42,7.5,42.5", zoom: 13, q: "OWNER 3" },
    { bbox: "0,35,20,55", zoom: 5, owner: "Owner 2", property: "pm2_5" },
    { bbox: "0,35,20,55", zoom: 4, colour: "pm2_5" },
    { bbox: "7,42,7.3,42.3", zoom: 14, colour: "pm2_5", placed: true },
  ];
  const byDatabase = [];
  for (const query of queries) byDatabase.push(await readWithoutIndex(query));
  await settleMapIndex(big);
  expect(await findMapIndex(big)).not.toBeNull();
  for (const [i, query] of queries.entries()) {
    const memory = await getViewport(big, query);
    const database = byDatabase[i];
    expect({ ...memory, items: undefined }).toEqual({ ...database, items: undefined });
    expect(sortItems(memory.items)).toEqual(sortItems(database?.items ?? []));
  }
});

it("colours by the hours since the last reading; who never reported has no value", async () => {
  const { items, valueDomain } = await getViewport(small, { bbox: "-123,47,-122,48", zoom: 18, colour: "reading-age" });
  expect(valueDomain).toMatchObject({ unit: "h" });
  const [cluster] = items;
  const value = cluster?.value ?? NaN;
  // A alone has readings, the newest a minute old.
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThan(0.1);
});

it("colours by the cause of the open fault that matters most, in the database as in memory", async () => {
  const { workspaceId } = big;
  const { id: sensorId } = await systemDb().sensor.findFirstOrThrow({ where: { workspaceId, code: "S2" } });
  const runId = await makeRun(workspaceId);
  for (const [kind, priority, isOpen] of [
    ["bias", 9, false],
    ["noise", 2, true],
    ["drift", 5, true],
  ] as const) {
    const id = await makeFault(workspaceId, sensorId, runId);
    await systemDb().fault.update({ where: { id }, data: { kind, priority, isOpen } });
  }
  const query = { bbox: "6.7,40.5,7,41", zoom: 18, colour: "fault-cause", q: "S2" };
  const valueOf = ({ items }: { items: readonly MapItem[] }) =>
    items.find((item) => item.kind === "point" && item.label === "S2")?.value;
  const database = await readWithoutIndex(query);
  expect(database.valueDomain?.categories?.[3]).toBe("drift");
  expect(valueOf(database)).toBe(4);
  await settleMapIndex(big);
  expect(valueOf(await getViewport(big, query))).toBe(4);
});

it("filters by cause and counts the causes of a cluster, in the database as in memory", async () => {
  const { workspaceId } = big;
  const runId = await makeRun(workspaceId);
  const codes = Array.from({ length: 12 }, (_, i) => `S${101 + i}`);
  const sensors = await systemDb().sensor.findMany({ where: { workspaceId, code: { in: codes } } });
  for (const { id: sensorId, code } of sensors) {
    const id = await makeFault(workspaceId, sensorId, runId);
    const kind = Number(code.slice(1)) % 3 === 0 ? "drift" : "stuck";
    await systemDb().fault.update({ where: { id }, data: { kind, isOpen: true } });
  }
  const all = { bbox: WORLD, zoom: 2, colour: "fault-cause" };
  const queries = [
    all,
    { ...all, cause: ["stuck" as const] },
    { bbox: WORLD, zoom: 2, cause: ["stuck" as const, "level" as const] },
    { bbox: WORLD, zoom: 16, cause: ["drift" as const], state: ["good" as const], owner: "Owner 4" },
  ];
  const byDatabase = [];
  for (const query of queries) byDatabase.push(await readWithoutIndex(query));
  await settleMapIndex(big);
  for (const [i, query] of queries.entries()) {
    const memory = await getViewport(big, query);
    expect({ ...memory, items: sortItems(memory.items) }).toEqual({
      ...byDatabase[i],
      items: sortItems(byDatabase[i]?.items ?? []),
    });
  }
  expect(byDatabase[1]).toMatchObject({ matching: 8 });
  const kinds = byDatabase[0]!.items.flatMap((item) => (item.kind === "cluster" ? [item.byKind ?? {}] : []));
  const count = (kind: number) => kinds.reduce((sum, of) => sum + (of[kind] ?? 0), 0);
  // S2 of the test before drifts, too.
  expect([count(1), count(4)]).toEqual([8, 5]);
});

/** Each question comes from a process that has never seen the workspace, so the database answers. */
async function readWithoutIndex(query: Parameters<typeof getViewport>[1]) {
  const holder = globalThis as typeof globalThis & { fieldportMapIndexes?: Map<string, unknown> };
  holder.fieldportMapIndexes?.clear();
  return getViewport(big, query);
}

/** Places to a hundred-thousandth of a degree: sums of many positions differ in their last digits by their order. */
function sortItems(items: readonly MapItem[]) {
  const rounded = items.map(
    (item) =>
      JSON.parse(
        JSON.stringify(item, (_key, value: unknown) => (typeof value === "number" ? Number(value.toFixed(6)) : value)),
      ) as MapItem,
  );
  return rounded.sort((a, b) => a.id.localeCompare(b.id));
}

it("notices within a second what another process changed, also when it commits late with an old clock", async () => {
  const fault = await systemDb().sensor.findFirstOrThrow({ where: { workspaceId: big.workspaceId, code: "S2" } });
  await systemDb().$executeRaw`update sensors set verdict = 'suspect', silent_after = now() + interval '1 day',
    updated_at = now() - interval '1 hour' where id = ${fault.id}::uuid`;
  await expect
    .poll(async () => (await getViewport(big, { bbox: WORLD, zoom: 2 })).byState.suspect, { timeout: 5_000 })
    .toBe(1);
});
