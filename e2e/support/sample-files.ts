/** Small files of our own with known contents, so that a test can count for itself. */
export interface SampleFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const csv = (name: string, lines: string[]): SampleFile => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\n")}\n`),
});

export const SENSOR_COUNT = 6;
export const HOURS = 72;

/** Six sensors around Lisbon, one of them a reference station, one with an impossible latitude. */
export function registryFile(prefix: string): SampleFile {
  const rows = Array.from({ length: SENSOR_COUNT }, (_, i) => {
    const latitude = i === 5 ? "138.7" : (38.7 + i * 0.01).toFixed(4);
    return `${prefix}-${i},Station ${i},${latitude},${(-9.14 + i * 0.01).toFixed(4)},${20 + i},Ana Ruiz,roof,${i === 0 ? "yes" : "no"}`;
  });
  return csv(`${prefix}-sensors.csv`, [
    "sensor_id,name,latitude,longitude,elevation_m,owner,exposure,reference",
    ...rows,
  ]);
}

export interface ReadingsTruth {
  file: SampleFile;
  rowsIn: number;
  rowsKept: number;
}

/** Hourly air temperature with UTC offsets; four rows are wrong on purpose and one stands twice. */
export function readingsFile(prefix: string): ReadingsTruth {
  const startMs = Date.UTC(2026, 9, 1);
  const rows: string[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    for (let i = 0; i < SENSOR_COUNT - 1; i++) {
      const value = 15 + 5 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + i * 0.2 + ((hour * 7 + i * 3) % 5) * 0.05;
      rows.push(`${prefix}-${i},${new Date(startMs + hour * 3_600_000).toISOString()},${value.toFixed(2)}`);
    }
  }
  const kept = rows.length;
  const bad = [
    `${prefix}-1,2099-01-01T00:00:00Z,14.0`,
    `${prefix}-1,not a time,14.0`,
    `${prefix}-2,2026-10-01T05:30:00Z,warm`,
    `,2026-10-01T06:30:00Z,15.0`,
  ];
  const lines = ["sensor_id,observed_at,air_temperature_c", ...rows, ...bad, rows.at(-1) ?? ""];
  return { file: csv(`${prefix}-readings.csv`, lines), rowsIn: lines.length - 1, rowsKept: kept };
}
