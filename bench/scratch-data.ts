import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { newId } from "#lib/ids";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
import { openReadingsSink } from "#lib/sensors/load/readings-sink";

const BATCH = 20_000;

export interface SeriesShape {
  pointCount: number;
  startMs: number;
  stepMs: number;
}

/** Sensors in clumps over Europe, each with one temperature. */
export async function addSensors({ workspaceId }: Ctx, count: number): Promise<void> {
  await systemDb().$executeRaw`
    insert into sensors (id, workspace_id, code, name, owner_name, latitude, longitude, mercator_x, mercator_y,
      is_reference, verdict, verdict_reason, silent_after, updated_at)
    select gen_random_uuid(), ${workspaceId}::uuid, 'BENCH-' || i, 'Sensor ' || i, 'Owner ' || i % 200, lat, lon, (lon + 180) / 360,
      0.5 - ln((1 + sin(radians(lat))) / (1 - sin(radians(lat)))) / (4 * pi()), i % 500 = 0,
      case when i % 40 = 1 then 'fault' when i % 25 = 2 then 'suspect' else 'good' end, '',
      now() + make_interval(secs => (i * 31) % 86400 - 3000), now() - make_interval(secs => i % 5000)
    from (select i, 38 + (i * 7919 % 400) * 0.045 + (i * 31 % 97) * 0.004 as lat,
      -8 + (i * 104729 % 370) * 0.085 + (i * 17 % 89) * 0.005 as lon
      from generate_series(1, ${count}::bigint) as i) as placed`;
  await systemDb().$executeRaw`
    insert into datastreams (workspace_id, sensor_id, observed_property, unit, last_value, last_observed_at)
    select workspace_id, id, 'air_temperature', 'Cel', 10 + 15 * sin(longitude), now()
    from sensors where workspace_id = ${workspaceId}::uuid and code like 'BENCH-%'`;
  await systemDb().$executeRawUnsafe("analyze sensors, datastreams");
}

/** One sensor, one temperature of that many values; answers the sensor's id. */
export async function addSeries(ctx: Ctx, { pointCount, startMs, stepMs }: SeriesShape): Promise<string> {
  const no = 1;
  await inWorkspaceSql(ctx, async (client) => {
    const sink = await openReadingsSink(ctx, client);
    for (let from = 0; from < pointCount; from += BATCH) {
      const times = Float64Array.from({ length: BATCH }, (_, i) => startMs + (from + i) * stepMs);
      const values = times.map((at) => 12 + 8 * Math.sin(at / 13_750_987) + Math.sin(at / 5e9) * 9);
      const texts = (text: string) => Array<string>(BATCH).fill(text);
      const columns = READING_COLUMNS.map(({ name }) => {
        if (name === "observed_at") return times;
        if (name === "value") return values;
        if (name === "sensor_code") return texts("BENCH-SERIES");
        if (name === "observed_property") return texts("air_temperature");
        return name === "unit" ? texts("Cel") : texts("");
      });
      await sink.push(columns, BATCH);
    }
    await sink.commit({ id: newId(), no });
  });
  const sensor = await systemDb().sensor.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, code: "BENCH-SERIES" },
    select: { id: true },
  });
  return sensor.id;
}
