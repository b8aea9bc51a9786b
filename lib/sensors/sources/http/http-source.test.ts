import { afterEach, describe, expect, it, vi } from "vitest";
import { startEmulator, type EmulatedCall, type Emulator } from "#lib/testing/emulators/emulator";
import { httpConfig } from "../schema.ts";
import { allBatches, allSensors, hastySession, linesOf, readingsOf } from "../testing.ts";
import { createHttpSource } from "./http-source.ts";
import { readPath } from "./read-path.ts";

vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");

const NOW_MS = Date.UTC(2026, 2, 20);
let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function open(answer: (call: EmulatedCall) => unknown, settings: (url: string) => object) {
  emulator = await startEmulator((call) => ({ status: 200, json: answer(call) }));
  const config = httpConfig.parse({ kind: "http", format: "json", timeField: "t", ...settings(emulator.url) });
  const { session } = hastySession({}, 100);
  return createHttpSource({ session, config, log: () => undefined, nowMs: NOW_MS });
}

const at = (hours: number) => new Date(NOW_MS - hours * 3_600_000).toISOString();
const span = (code: string) => ({ code, afterMs: NOW_MS - 86_400_000, untilMs: NOW_MS });
const TEMPERATURE = { observedProperty: "air_temperature", unit: "Cel", field: "v.temp" };

describe("a JSON source", () => {
  it("finds its sensors in what they report, with their positions", async () => {
    const rows = [
      { id: 7, t: at(1), lat: 56, lon: "-3", v: { temp: 4 } },
      { id: 8, t: at(1), v: { temp: 5 } },
    ];
    const source = await open(
      () => ({ data: { rows } }),
      (url) => ({
        url: `${url}/x?from={from}&to={to}`,
        rowsPath: "data.rows[]",
        sensorField: "id",
        latitudeField: "lat",
        longitudeField: "lon",
        properties: [TEMPERATURE],
      }),
    );
    expect(await allSensors(source)).toMatchObject([
      { code: "7", latitude: 56, longitude: -3 },
      { code: "8", latitude: null },
    ]);
    expect(linesOf(readingsOf(await allBatches(source, [span("7"), span("8")])))).toHaveLength(2);
  });

  it("turns pages by number until one is empty, and by address until there is no next", async () => {
    const page = (n: number) => (n <= 3 ? [{ id: "a", t: at(n), v: { temp: n } }] : []);
    const byNumber = await open(
      ({ url }) => page(Number(url.searchParams.get("p"))),
      (url) => ({
        url: `${url}/x?p={page}`,
        sensorField: "id",
        properties: [TEMPERATURE],
      }),
    );
    expect(readingsOf(await allBatches(byNumber, [span("a")])).map(({ value }) => value)).toEqual([1, 2, 3]);
    await emulator?.close();
    const byAddress = await open(
      ({ url }) => {
        const n = Number(url.searchParams.get("p") ?? 1);
        return { rows: page(n), next: n < 3 ? `/x?p=${n + 1}` : null };
      },
      (url) => ({
        url: `${url}/x`,
        rowsPath: "rows[]",
        nextPath: "next",
        sensorField: "id",
        properties: [TEMPERATURE],
      }),
    );
    expect(readingsOf(await allBatches(byAddress, [span("a")])).map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it("does not turn in circles", async () => {
    const source = await open(
      () => ({ rows: [], next: "/x" }),
      (url) => ({
        ...{ url: `${url}/x`, rowsPath: "rows[]", nextPath: "next", sensorField: "id", properties: [TEMPERATURE] },
      }),
    );
    await expect(allBatches(source, [span("a")])).rejects.toThrow(/own next page/);
  });

  it("asks sensor by sensor where the address says so, and leaves out what is no number", async () => {
    const source = await open(
      ({ url }) => [{ t: at(1), v: { temp: url.searchParams.get("s") === "a b" ? 1 : "n/a" } }],
      (url) => ({ url: `${url}/x?s={sensor}`, sensorCodes: ["a b", "c"], properties: [TEMPERATURE] }),
    );
    expect(await allSensors(source)).toHaveLength(2);
    const batches = await allBatches(source, [span("a b"), span("c")]);
    expect(readingsOf(batches)).toMatchObject([{ sensorCode: "a b", value: 1, observedProperty: "air_temperature" }]);
    expect(batches.flatMap(({ reached }) => reached)).toHaveLength(2);
  });
});

describe("its settings", () => {
  const base = { kind: "http", format: "csv", timeField: "t", properties: [TEMPERATURE] };
  it("say what is missing", () => {
    const messages = (settings: object) =>
      httpConfig.safeParse({ ...base, ...settings }).error?.issues.map(({ message }) => message);
    expect(messages({ url: "https://a.example/x" })?.[0]).toContain("names the sensor");
    expect(messages({ url: "https://a.example/{sensor}" })?.[0]).toContain("Name the sensors");
    expect(messages({ url: "ftp://a.example", sensorField: "s" })?.[0]).toContain("http");
  });
});

describe("readPath", () => {
  it("walks names and lists, and finds nothing where there is nothing", () => {
    const value = { a: [{ b: 1 }, { b: 2 }, {}], c: { d: [[3], [4]] } };
    expect(readPath(value, "a[].b")).toEqual([1, 2]);
    expect(readPath(value, "c.d[]")).toEqual([[3], [4]]);
    expect(readPath(value, "x.y[].z")).toEqual([]);
    expect(readPath(value, "constructor")).toEqual([]);
  });
});
