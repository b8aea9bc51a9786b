import { systemContext } from "#lib/auth/context";
import { buildNearestIndex } from "#lib/geo/nearest";
import { publish } from "#lib/live/publish";
import { listPlacedSensors, replaceReferenceMatches, type NewMatch, type PlacedSensor } from "../reference-store.ts";

/** A reference farther away or much higher says little about the air at the sensor. */
const MAX_DISTANCE_M = 50_000;
const MAX_ELEVATION_DIFF_M = 300;
const MATCHES = 3;

/**
 * Finds the nearest reference stations of every sensor anew; run whenever sensors or stations were added or
 * moved. 100,000 sensors against 2,000 stations take about a second.
 */
export async function matchReferences(workspaceId: string): Promise<void> {
  const ctx = systemContext(workspaceId, "reference matching", new Date());
  const sensors = await listPlacedSensors(ctx);
  const index = buildNearestIndex(sensors.filter((sensor) => sensor.isReference));
  const matches = sensors.flatMap((sensor) => matchesOf(sensor, index));
  await replaceReferenceMatches(ctx, matches);
  await publish({ workspaceId, topic: "sensor", id: "references" });
}

function matchesOf(sensor: PlacedSensor, index: ReturnType<typeof buildNearestIndex<PlacedSensor>>): NewMatch[] {
  const found = index.nearest(sensor, {
    count: MATCHES,
    maxDistanceM: MAX_DISTANCE_M,
    accept: (station) =>
      station.id !== sensor.id && Math.abs(elevationDiffM(sensor, station) ?? 0) <= MAX_ELEVATION_DIFF_M,
  });
  return found.map(({ item, distanceM }, rank) => ({
    sensorId: sensor.id,
    rank,
    referenceId: item.id,
    distanceM,
    elevationDiffM: elevationDiffM(sensor, item),
  }));
}

function elevationDiffM(a: PlacedSensor, b: PlacedSensor): number | null {
  return a.elevationM === null || b.elevationM === null ? null : a.elevationM - b.elevationM;
}
