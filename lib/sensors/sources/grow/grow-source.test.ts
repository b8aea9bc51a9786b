import { afterEach, describe, expect, it, vi } from "vitest";
import type { Emulator } from "#lib/testing/emulators/emulator";
import { misbehaveInTurn } from "#lib/testing/emulators/emulator";
import {
  GROW_KEY,
  GROW_VARIABLES,
  growTimes,
  growValue,
  makeGrowSensors,
  startGrowEmulator,
  type GrowSensor,
} from "#lib/testing/emulators/grow";
import { growConfig } from "../schema.ts";
import { allBatches, allSensors, hastySession, linesOf, readingsOf } from "../testing.ts";
import { createGrowSource } from "./grow-source.ts";
import { VARIABLES } from "./protocol.ts";

vi.stubEnv("FIELDPORT_PRIVATE_HOSTS", "127.0.0.1");

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 2, 1);
let emulator: Emulator;
afterEach(() => emulator.close());

/** The emulator's own rate stays out of it: the clock of these tests runs ahead of its. */
async function open(
  sensors: readonly GrowSensor[],
  options: Parameters<typeof startGrowEmulator>[1] = {},
  key = GROW_KEY,
) {
  emulator = await startGrowEmulator(sensors, { requestsPerSecond: Infinity, ...options });
  const config = growConfig.parse({ kind: "grow", baseUrl: `${emulator.url}/api` });
  const notes: string[] = [];
  const { session, clock } = hastySession({ authorization: `Bearer ${key}` });
  return { source: createGrowSource({ session, config, log: (_level, text) => notes.push(text) }), notes, clock };
}

const spansOf = (sensors: readonly GrowSensor[], afterMs: number, untilMs: number) =>
  sensors.map(({ code }) => ({ code, afterMs, untilMs }));

function truth(sensors: readonly GrowSensor[], afterMs: number, untilMs: number): string[] {
  return sensors
    .flatMap((sensor) =>
      growTimes(sensor, afterMs + 1, untilMs).flatMap((atMs) =>
        GROW_VARIABLES.map(
          (variable) =>
            `${sensor.code} ${VARIABLES[variable]!.observedProperty} ${atMs} ${growValue(sensor, variable, atMs)}`,
        ),
      ),
    )
    .sort();
}

describe("a GROW node", () => {
  it("lists its sensors with X as longitude, Y as latitude, 0,0 as nowhere, and the time of all variables", async () => {
    const sensors = makeGrowSensors(3, { startMs: START_MS, endMs: START_MS + 5 * DAY_MS });
    sensors[2] = { ...sensors[2]!, latitude: 0, longitude: 0 };
    const listed = await allSensors((await open(sensors)).source);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({
      code: sensors[0]!.code,
      latitude: sensors[0]!.latitude,
      longitude: sensors[0]!.longitude,
      ownerName: "owner-0",
      startAt: new Date(sensors[0]!.startMs),
      endAt: new Date(sensors[0]!.endMs),
    });
    expect(listed[2]).toMatchObject({ latitude: null, longitude: null });
  });

  it("is asked within its limits and its rate, and gives every value once", async () => {
    const sensors = makeGrowSensors(23, { startMs: START_MS, endMs: START_MS + 25 * DAY_MS });
    const { source, clock } = await open(sensors);
    const untilMs = START_MS + 25 * DAY_MS;
    const batches = await allBatches(source, spansOf(sensors, START_MS, untilMs));
    expect(linesOf(readingsOf(batches))).toEqual(truth(sensors, START_MS, untilMs));
    expect(emulator.requests.every(({ status }) => status === 200)).toBe(true);
    expect(emulator.requests).toHaveLength(9);
    expect(clock.waitedMs).toBeGreaterThanOrEqual(8 * 250);
  });

  it("gives exactly the true values whatever goes wrong on the way", async () => {
    const untilMs = START_MS + 60 * DAY_MS;
    const sensors = makeGrowSensors(11, { startMs: START_MS, endMs: untilMs });
    const breaking = ["too_many", "server_error", "malformed", "reset"] as const;
    const bending = ["slow", "reordered", "duplicated", "nulls"] as const;
    const { source } = await open(sensors, { misbehave: misbehaveInTurn([...breaking, ...bending], 2) });
    const batches = await allBatches(source, spansOf(sensors, START_MS, untilMs));
    expect(linesOf(readingsOf(batches))).toEqual(truth(sensors, START_MS, untilMs));
    // Twelve answers were needed, four requests failed: every misdeed has had its turn.
    expect(emulator.requests).toHaveLength(16);
    expect(new Set(emulator.requests.map(({ status }) => status))).toEqual(new Set([0, 200, 429, 503]));
  });

  it("goes on where it was read to: two halves are the whole", async () => {
    const sensors = makeGrowSensors(4, { startMs: START_MS, endMs: START_MS + 6 * DAY_MS });
    const { source } = await open(sensors);
    const [half, whole] = [START_MS + 2.3 * DAY_MS, START_MS + 6 * DAY_MS];
    const first = await allBatches(source, spansOf(sensors, START_MS, half));
    const reached = new Map(first.flatMap((batch) => batch.reached.map((r) => [r.sensorCode, r.atMs] as const)));
    expect([...reached.values()]).toEqual(sensors.map(() => half));
    const second = await allBatches(source, spansOf(sensors, half, whole));
    expect(linesOf([...readingsOf(first), ...readingsOf(second)])).toEqual(truth(sensors, START_MS, whole));
  });

  it("refuses a wrong key in a sentence that does not name it", async () => {
    const { source } = await open([], {}, "wrong-key-0815");
    const error: unknown = await allSensors(source).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unprocessable", message: expect.stringContaining("key") as string });
    expect(String(error)).not.toContain("0815");
  });
});
