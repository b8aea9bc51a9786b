import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { newId } from "#lib/ids";
import { loadReadings, loadRegistry } from "#lib/sensors/testing/load";
import { makeWorkspace } from "#lib/testing/people";
import { readResource } from "./service/read-resource.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 4, 1);
const ROOT = "https://portal.example/api/v1/sensors/sensorthings/v1.1";
const SENSORS = 7;
const HOURS = 30;
let ctx: Ctx;
let other: Ctx;

beforeAll(async () => {
  [ctx, other] = [await makeWorkspace(), await makeWorkspace()];
  for (const workspace of [ctx, other]) {
    await loadRegistry(
      workspace,
      Array.from({ length: SENSORS }, (_, i) => ({
        code: `S-${i}`,
        name: i === 0 ? "Roof's end" : `Station ${i}`,
        lat: 47 + i / 10,
        lon: 8,
        owner: "Ana",
      })),
    );
    const readings = Array.from({ length: SENSORS * HOURS }, (_, n) => {
      const [i, hour] = [n % SENSORS, Math.floor(n / SENSORS)];
      return { code: `S-${i}`, atMs: START_MS + hour * HOUR_MS, value: 10 + i + hour / 10 };
    });
    await loadReadings(workspace, readings, 3);
    await loadReadings(
      workspace,
      [{ code: "S-1", property: "relative_humidity", unit: "%", atMs: START_MS, value: 60 }],
      4,
    );
  }
  const stream = await systemDb().datastream.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, sensor: { code: "S-2" } },
  });
  await systemDb().flag.create({
    data: {
      workspaceId: ctx.workspaceId,
      datastreamId: stream.id,
      runId: newId(),
      check: "stuck",
      flag: 4,
      reason: "It stands still.",
      startAt: new Date(START_MS + 5 * HOUR_MS),
      endAt: new Date(START_MS + 8 * HOUR_MS),
      pointCount: 4,
    },
  });
});
afterAll(async () => {
  await closeDb();
  await closePool();
});

type Json = Record<string, unknown> & { value: Record<string, unknown>[] };

async function get(address: string, caller = ctx): Promise<Json> {
  const [path = "", query = ""] = address.split("?");
  const segments = path === "" ? [] : path.split("/").map(decodeURIComponent);
  return (await readResource(caller, { rootUrl: ROOT, segments, params: new URLSearchParams(query) })) as Json;
}

/** The address behind the root of a link that the service gave. */
const below = (link: unknown) => String(link).slice(ROOT.length + 1);
const named = async (address: string) => (await get(address)).value.map(({ name }) => name);

describe("the SensorThings service", () => {
  it("names its sets at the root", async () => {
    const { value } = await get("");
    expect(value.map(({ name }) => name)).toContain("Datastreams");
    for (const { url } of value) expect(Array.isArray((await get(below(url))).value)).toBe(true);
  });

  it("leads from every entity to its relatives by the links it gives", async () => {
    for (const set of [
      "Things",
      "Locations",
      "Datastreams",
      "Sensors",
      "ObservedProperties",
      "Observations",
      "FeaturesOfInterest",
    ]) {
      const [entity] = (await get(`${set}?$top=1`)).value;
      expect((await get(below(entity!["@iot.selfLink"])))["@iot.id"]).toBe(entity!["@iot.id"]);
      for (const [key, link] of Object.entries(entity!)) {
        if (key.endsWith("navigationLink")) expect(await get(below(link)), key).toBeTypeOf("object");
      }
    }
  });

  it("shows a thing, its place, its datastreams and their newest values at once", async () => {
    const query =
      "$filter=name eq 'Roof''s end'&$expand=Locations,Datastreams($expand=ObservedProperty,Observations($top=1;$orderby=phenomenonTime desc))";
    const { value } = await get(`Things?${encodeURI(query)}`);
    expect(value).toMatchObject([
      {
        name: "Roof's end",
        Locations: [{ location: { type: "Point", coordinates: [8, 47] } }],
        Datastreams: [
          {
            unitOfMeasurement: { symbol: "°C" },
            ObservedProperty: { "@iot.id": "air_temperature", name: "Air temperature" },
            Observations: [{ result: 12.9, phenomenonTime: "2026-05-02T05:00:00.000Z", parameters: { datasetNo: 3 } }],
          },
        ],
      },
    ]);
  });

  it("filters by own values, by relatives, by text and by area", async () => {
    expect(await named("Things?$filter=Datastreams/ObservedProperty/id eq 'relative_humidity'")).toEqual(["Station 1"]);
    expect(
      await named("Things?$filter=startswith(name,'Station') and not contains(name,'1')&$orderby=name desc"),
    ).toEqual(["Station 6", "Station 5", "Station 4", "Station 3", "Station 2"]);
    const area = "st_within(location, geography'POLYGON((7.9 47.05, 8.1 47.05, 8.1 47.25, 7.9 47.25, 7.9 47.05))')";
    expect(await named(`Locations?$filter=${area}&$orderby=name`)).toEqual(["Station 1", "Station 2"]);
    expect(
      await named(`Things?$filter=${area.replace("location,", "Locations/location,")}&$orderby=name`),
    ).toHaveLength(2);
    const late = "Observations?$count=true&$top=0&$filter=result ge 15 and phenomenonTime lt 2026-05-01T03:00:00Z";
    expect((await get(late))["@iot.count"]).toBe(7);
  });

  it("turns pages until every observation was seen once, also while others arrive", async () => {
    const seen: string[] = [];
    let address: string | null = "Observations?$top=37&$orderby=result desc&$count=true";
    while (address !== null) {
      const page = await get(address);
      expect(page["@iot.count"]).toBeGreaterThanOrEqual(SENSORS * HOURS + 1);
      seen.push(...page.value.map((o) => String(o["@iot.id"])));
      // Beyond the end of what was asked for first: nothing of it may be seen twice or left out.
      await loadReadings(ctx, [{ code: "S-6", atMs: START_MS - seen.length * HOUR_MS, value: 99 }], 5);
      address = page["@iot.nextLink"] ? decodeURIComponent(below(page["@iot.nextLink"]).replaceAll("+", " ")) : null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(SENSORS * HOURS + 1);
  });

  it("says how good a value is, and which file it came from", async () => {
    const [stream] = (await get("Datastreams?$filter=Thing/name eq 'Station 2'")).value;
    const { value } = await get(
      `Datastreams(${String(stream!["@iot.id"])})/Observations?$orderby=phenomenonTime&$top=10`,
    );
    expect(value.map(({ resultQuality }) => (resultQuality as { qartod: number }).qartod)).toEqual([
      1, 1, 1, 1, 1, 4, 4, 4, 4, 1,
    ]);
    expect(value[5]).toMatchObject({ resultQuality: { reason: "It stands still." }, parameters: { datasetNo: 3 } });
    const one = await get(`Observations('${String(value[5]!["@iot.id"])}')/Datastream/Thing/name`);
    expect(one).toEqual({ name: "Station 2" });
    expect(await get(`Observations('${String(value[5]!["@iot.id"])}')/result/$value`)).toBe("12.5");
  });

  it("gives what was selected and nothing else, and links where the rest of a long list is", async () => {
    const { value } = await get("Datastreams?$top=1&$select=@iot.id,name&$expand=Observations($top=2;$select=result)");
    expect(Object.keys(value[0]!).sort()).toEqual(["@iot.id", "Observations", "Observations@iot.nextLink", "name"]);
    expect(value[0]!["Observations"]).toEqual([
      { result: expect.any(Number) as number },
      { result: expect.any(Number) as number },
    ]);
    const rest = await get(below(value[0]!["Observations@iot.nextLink"]));
    expect(rest.value).toHaveLength(2);
  });

  it("shows nothing of another workspace, by no way", async () => {
    const [thing] = (await get("Things?$top=1", other)).value;
    const [stream] = (await get("Datastreams?$top=1", other)).value;
    await expect(get(`Things('${String(thing!["@iot.id"])}')`)).rejects.toMatchObject({ code: "not_found" });
    await expect(get(`Datastreams(${String(stream!["@iot.id"])})`)).rejects.toMatchObject({ code: "not_found" });
    expect((await get(`Things('${String(thing!["@iot.id"])}')/Datastreams`)).value).toEqual([]);
    expect((await get(`Datastreams(${String(stream!["@iot.id"])})/Observations?$count=true`))["@iot.count"]).toBe(0);
    expect((await get("Things?$count=true&$top=0"))["@iot.count"]).toBe(SENSORS);
  });

  it.each([
    ["Things?$filter=height gt 5", 'Things have no "height"'],
    ["Things?$filter=name gt 5", "is a text, not a number"],
    ["Things?$filter=properties eq 'a'", "can be read, not compared"],
    ["Things?$expand=Observations", "lead to Datastreams"],
    ["Things?$select=height", "have no"],
    ["Things?$orderby=Datastreams/name", "are many"],
    ["Things?$skiptoken=abc", "cursor"],
  ])("refuses %s with words", async (address, words) => {
    await expect(get(address)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(words) as string,
    });
  });

  it("is not to be talked into running somebody's SQL", async () => {
    expect((await get("Things?$filter=name eq 'x'' or ''1''=''1'")).value).toEqual([]);
    await expect(get("Things('1'' or true--')")).rejects.toMatchObject({ code: "not_found" });
    expect((await get("Things?$filter=contains(name,'%25')")).value).toEqual([]);
  });

  it("answers what QGIS asks", async () => {
    expect((await get("Datastreams?$top=0&$count=true"))["@iot.count"]).toBe(SENSORS + 1);
    const view = "geography'POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))'";
    const features = await get(
      `Locations?$top=200&$count=false&$filter=st_intersects(location, ${view})&$expand=Things($top=100;$expand=Datastreams($top=100;$orderby=id asc))`,
    );
    expect(features.value).toHaveLength(SENSORS);
    expect(features.value[0]).toMatchObject({ Things: [{ Datastreams: [{}] }] });
  });
});
