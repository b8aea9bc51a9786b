import { demoRegistry } from "./network.ts";
import { DEMO_PROPERTIES, type DemoWindow, demoMessages, demoReadings } from "./readings.ts";

const CHUNK_CHARS = 64 * 1024;

/** Header of the wide readings file; times are ISO 8601, UTC. */
export const DEMO_WIDE_COLUMNS = [
  "sensor_id",
  "observed_at",
  "PM2.5 (µg/m³)",
  "Air temperature (°C)",
  "Relative humidity (%)",
  "Battery voltage (V)",
] as const;

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Joins lines to chunks of about 64 KB, the size streams like. */
function* chunked(lines: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

/** The registry as CSV: sensor_id, name, latitude, longitude, elevation_m, owner, exposure, reference. */
export function demoRegistryCsv(seed: string): string {
  const lines = demoRegistry(seed).map((row) =>
    [
      row.sensorCode,
      cell(row.name),
      row.latitude.toFixed(5),
      row.longitude.toFixed(5),
      String(row.elevationM),
      cell(row.owner),
      row.exposure,
      row.isReference ? "yes" : "no",
    ].join(","),
  );
  return `sensor_id,name,latitude,longitude,elevation_m,owner,exposure,reference\n${lines.join("\n")}\n`;
}

function* wideLines(seed: string, window: DemoWindow): Generator<string> {
  yield `${DEMO_WIDE_COLUMNS.join(",")}\n`;
  const decimals = DEMO_PROPERTIES.map((property) => property.decimals);
  let lastMs = Number.NaN;
  let instant = "";
  for (const { sensor, observedAtMs, values } of demoMessages(seed, window)) {
    if (observedAtMs !== lastMs) instant = new Date(observedAtMs).toISOString().replace(".000", "");
    lastMs = observedAtMs;
    let line = `${sensor.sensorCode},${instant}`;
    for (let i = 0; i < values.length; i++) {
      line += Number.isNaN(values[i]!) ? "," : `,${values[i]!.toFixed(decimals[i])}`;
    }
    yield `${line}\n`;
  }
}

/** Readings as wide CSV, one line per sensor and instant, empty = not sent; in chunks of about 64 KB. */
export function demoReadingsCsv(seed: string, window: DemoWindow): Generator<string> {
  return chunked(wideLines(seed, window));
}

function* longLines(seed: string, window: DemoWindow): Generator<string> {
  yield "sensor_id,observed_at,observed_property,value,unit\n";
  for (const { sensorCode, observedAtMs, observedProperty, value, unit } of demoReadings(seed, window)) {
    const instant = new Date(observedAtMs).toISOString().replace(".000", "");
    yield `${sensorCode},${instant},${observedProperty},${value},${unit}\n`;
  }
}

/** Readings as long CSV, one line per observation, in chunks of about 64 KB. */
export function demoReadingsLongCsv(seed: string, window: DemoWindow): Generator<string> {
  return chunked(longLines(seed, window));
}
