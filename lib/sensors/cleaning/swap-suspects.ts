/** Degrees within which a sensor counts as near the others, and beyond which as far from them. */
const NEAR_DEG = 5;
const FAR_DEG = 15;
/** Fewer sensors do not tell where "the others" are. */
const SENSORS_MIN = 4;

export interface PlacedRow {
  row: number;
  file: string | undefined;
  latitude: number;
  longitude: number;
}

/** Rows that lie far from the median position but near it with latitude and longitude exchanged. */
export function findSwapSuspects(placed: readonly PlacedRow[]): PlacedRow[] {
  if (placed.length < SENSORS_MIN) return [];
  const latitude = median(placed.map((row) => row.latitude));
  const longitude = median(placed.map((row) => row.longitude));
  const distance = (lat: number, lon: number) => Math.max(Math.abs(lat - latitude), Math.abs(lon - longitude));
  return placed.filter(
    (row) => distance(row.latitude, row.longitude) > FAR_DEG && distance(row.longitude, row.latitude) < NEAR_DEG,
  );
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
