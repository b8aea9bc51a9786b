import { afterEach, describe, expect, it, vi } from "vitest";
import { misbehaveInTurn, type Emulator } from "#lib/testing/emulators/emulator";
import { makeWowSites, startWowEmulator, WOW_KEY, wowTemperature, type WowSite } from "#lib/testing/emulators/wow";
import { wowConfig } from "../schema.ts";
import { allBatches, allSensors, hastySession, linesOf, readingsOf } from "../testing.ts";
import { createWowSource } from "./wow-source.ts";

vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 2, 20);
const STEP_MS = 900_000;
let emulator: Emulator;
afterEach(() => emulator.close());

async function open(sites: readonly WowSite[], options: Parameters<typeof startWowEmulator>[1] = {}) {
  emulator = await startWowEmulator(sites, options);
  const box = { west: -4, south: 56, east: -2, north: 57 };
  const config = wowConfig.parse({ kind: "wow", baseUrl: `${emulator.url}/api`, box });
  const notes: string[] = [];
  const { session } = hastySession({ "ocp-apim-subscription-key": WOW_KEY }, 1);
  return { source: createWowSource({ session, config, log: (_l, text) => notes.push(text), nowMs: NOW_MS }), notes };
}

describe("Met Office WOW", () => {
  it("lists the sites of the area that report both temperature and rain, as reference stations", async () => {
    const sites = makeWowSites(8);
    sites[0] = { ...sites[0]!, latitude: 20 };
    const { source, notes } = await open(sites);
    const listed = await allSensors(source);
    expect(listed.map(({ code }) => code).sort()).toEqual(
      sites.filter(({ hasRain, latitude }) => hasRain && latitude > 56).map(({ id }) => id),
    );
    expect(listed.every(({ isReference }) => isReference)).toBe(true);
    expect(notes.join()).toContain("2 sites");
  });

  it("gives every value once, with times as UTC, whatever goes wrong on the way", async () => {
    const sites = makeWowSites(5);
    const misdeeds = ["too_many", "server_error", "malformed", "reset", "duplicated", "nulls"] as const;
    const { source } = await open(sites, { misbehave: misbehaveInTurn(misdeeds, 2) });
    const [afterMs, untilMs] = [NOW_MS - 2 * DAY_MS, NOW_MS];
    const batches = await allBatches(
      source,
      sites.map(({ id }) => ({ code: id, afterMs, untilMs })),
    );
    const temperatures = readingsOf(batches).filter(({ observedProperty }) => observedProperty === "air_temperature");
    const truth = sites.flatMap((site) =>
      Array.from({ length: (2 * DAY_MS) / STEP_MS }, (_, i) => afterMs + (i + 1) * STEP_MS).map(
        (atMs) => `${site.id} air_temperature ${atMs} ${wowTemperature(site, atMs)}`,
      ),
    );
    expect(linesOf(temperatures)).toEqual(truth.sort());
    expect(readingsOf(batches).some(({ observedProperty }) => observedProperty === "relative_humidity")).toBe(false);
  });
});
