import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { columnMapping } from "#lib/datasets/core/mapping";
import { createReadingsCleaner } from "#lib/sensors/cleaning/create-readings-cleaner";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import { readTable } from "#lib/tables/read-table";

const START_MS = Date.UTC(2023, 0, 1);
const MINUTE_MS = 60_000;
const LINES_PER_CHUNK = 4096;
const SAMPLE_MS = 25;

export interface ImportFigures {
  rows: number;
  valuesKept: number;
  durationS: number;
  rowsPerS: number;
  /** Highest resident size while running, and how much of it came on top of what was there before. */
  rssPeakMb: number;
  rssGrowthMb: number;
  parquetSizeMb: number;
}

/** A year of one sensor by the minute, then five million rows of 500 sensors: parse, clean, write Parquet. */
export async function run(): Promise<Record<string, ImportFigures>> {
  const year = await measureImport(525_600, 1);
  const fiveMillion = await measureImport(5_000_000, 500);
  return { year, fiveMillion };
}

async function measureImport(rows: number, sensorCount: number): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-bench-"));
  const path = join(folder, "bench.csv");
  await writeFile(path, generateCsv(rows, sensorCount));
  const rss = watchRss();
  const startedMs = performance.now();
  try {
    const table = await readTable({ path }, { fileName: "bench.csv" });
    const cleaner = createReadingsCleaner(MAPPING, { nowMs: Date.UTC(2040, 0, 1), fileName: "bench.csv" });
    const writer = await createParquetWriter(join(folder, "out.parquet"), READING_COLUMNS);
    for await (const batch of table.batches) {
      const cleaned = cleaner.push(batch);
      await writer.append(cleaned.columns, cleaned.rowCount);
    }
    const { rows: valuesKept, sizeBytes } = await writer.close();
    const durationS = (performance.now() - startedMs) / 1000;
    const { peakMb, growthMb } = rss.stop();
    return {
      rows: cleaner.finish().rowsIn,
      valuesKept,
      durationS: round(durationS),
      rowsPerS: Math.round(rows / durationS),
      rssPeakMb: peakMb,
      rssGrowthMb: growthMb,
      parquetSizeMb: round(sizeBytes / 1e6),
    };
  } finally {
    rss.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const MAPPING = columnMapping.parse({
  kind: "sensor-readings",
  layout: "wide",
  columns: [
    { source: "sensor_id", role: "sensor" },
    { source: "timestamp", role: "timestamp" },
    { source: "temp_c", role: "value", observedProperty: "air_temperature", unit: "Cel" },
    { source: "note", role: "ignore" },
  ],
  timestamp: { format: "iso", timeZone: "Europe/Berlin" },
});

/** Deterministic rows, sensor by sensor, in chunks of about 200 kB; nothing is held. */
async function* generateCsv(rows: number, sensorCount: number): AsyncGenerator<Uint8Array> {
  const perSensor = Math.ceil(rows / sensorCount);
  let text = "sensor_id,timestamp,temp_c,note\n";
  for (let row = 0; row < rows; row++) {
    const minute = row % perSensor;
    const time = new Date(START_MS + minute * MINUTE_MS).toISOString().slice(0, 16);
    const temperatureC = 10 + 8 * Math.sin(minute / 229) + ((row * 7919) % 100) / 100;
    text += `S${10_000 + Math.floor(row / perSensor)},${time},${temperatureC.toFixed(3)},\n`;
    if (row % LINES_PER_CHUNK === LINES_PER_CHUNK - 1) {
      yield Buffer.from(text);
      text = "";
    }
  }
  yield Buffer.from(text);
}

function watchRss(): { stop(): { peakMb: number; growthMb: number } } {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb: Math.round(peak / 1e6), growthMb: Math.round((peak - before) / 1e6) };
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
