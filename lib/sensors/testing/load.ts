import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import type { SinkOutcome } from "#lib/datasets/define";
import { newId } from "#lib/ids";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
import { REGISTRY_COLUMNS } from "#lib/sensors/cleaning/registry-rules";
import { openReadingsSink } from "#lib/sensors/load/readings-sink";
import { openRegistrySink } from "#lib/sensors/load/registry-sink";

export interface TestReading {
  code: string;
  property?: string;
  unit?: string;
  atMs: number;
  value: number;
}

/** Loads readings as a cleaning run does, in batches of a few rows. */
export function loadReadings(ctx: Ctx, readings: readonly TestReading[], datasetNo = 1): Promise<SinkOutcome> {
  return inWorkspaceSql(ctx, async (client) => {
    const sink = await openReadingsSink(ctx, client);
    for (let from = 0; from < readings.length; from += 7_000) {
      const batch = readings.slice(from, from + 7_000);
      const columns = READING_COLUMNS.map(({ name }) => {
        if (name === "sensor_code") return batch.map(({ code }) => code);
        if (name === "observed_property") return batch.map(({ property }) => property ?? "air_temperature");
        if (name === "unit") return batch.map(({ unit }) => unit ?? "Cel");
        if (name === "observed_at") return Float64Array.from(batch, ({ atMs }) => atMs);
        if (name === "value") return Float64Array.from(batch, ({ value }) => value);
        return batch.map(() => null);
      });
      await sink.push(columns, batch.length);
    }
    return sink.commit({ id: newId(), no: datasetNo });
  });
}

export interface TestSensor {
  code: string;
  name?: string;
  lat?: number;
  lon?: number;
  elevationM?: number;
  owner?: string;
  isReference?: boolean;
}

/** Registers sensors as a cleaning run does. */
export function loadRegistry(ctx: Ctx, sensors: readonly TestSensor[]): Promise<SinkOutcome> {
  return inWorkspaceSql(ctx, async (client) => {
    const sink = await openRegistrySink(ctx, client);
    const numbers = (of: (sensor: TestSensor) => number | undefined) => Float64Array.from(sensors, (s) => of(s) ?? NaN);
    const columns = REGISTRY_COLUMNS.map(({ name }) => {
      if (name === "sensor_code") return sensors.map(({ code }) => code);
      if (name === "name") return sensors.map((sensor) => sensor.name ?? null);
      if (name === "owner") return sensors.map((sensor) => sensor.owner ?? null);
      if (name === "latitude") return numbers(({ lat }) => lat);
      if (name === "longitude") return numbers(({ lon }) => lon);
      if (name === "elevation_m") return numbers(({ elevationM }) => elevationM);
      if (name === "is_reference") return sensors.map((sensor) => sensor.isReference ?? null);
      return sensors.map(() => null);
    });
    await sink.push(columns, sensors.length);
    return sink.commit({ id: newId(), no: 1 });
  });
}

/** Evenly spaced readings of one sensor. */
export function every(stepMs: number, count: number, more: { code?: string; startMs?: number } = {}): TestReading[] {
  const { code = "A", startMs = Date.UTC(2026, 0, 1) } = more;
  return Array.from({ length: count }, (_, i) => ({
    code,
    atMs: startMs + i * stepMs,
    value: 10 + Math.sin(i / 50) * 5 + (i % 7) / 10,
  }));
}
