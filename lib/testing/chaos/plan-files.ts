import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Random } from "#lib/math/random";

export interface PlannedFile {
  fileName: string;
  bytes: Buffer;
  sha256: string;
  /** What the file must become once it is acknowledged. */
  becomes: "readings" | "registry" | "rejected";
}

const START_MS = Date.UTC(2025, 0, 1);
const HEADER = "sensor_id,observed_at,Air temperature (°C),Relative humidity (%),status";
const PROPERTIES = ["air_temperature", "relative_humidity"] as const;
const SENSORS = 6;

interface Stretch {
  sensors: readonly number[];
  fromStep: number;
  steps: number;
  stepMin: number;
  /** Characters that say nothing, to make the file larger without more rows. */
  padding?: number;
}

/**
 * The files of one round: overlapping stretches of the same sensors, the same bytes under two names, one large enough
 * for several parts, one compressed, a station list, and something that is no table. Equal seeds give equal files.
 */
export function planFiles(random: Random, rowsPerFile: number): PlannedFile[] {
  const steps = Math.ceil(rowsPerFile / SENSORS);
  const all = Array.from({ length: SENSORS }, (_, index) => index);
  const at = (share: number) => Math.floor(steps * share) + random.integer(0, 5);
  const dense = (fromStep: number): Stretch => ({ sensors: all, fromStep, steps, stepMin: 1 });
  const first = toFile("readings-1.csv", readingsCsv(dense(0)), "readings");
  // Just over 16 MiB: the smallest file that is sent in parts.
  const padding = Math.ceil((17 * 1024 * 1024) / (steps * SENSORS));
  const sparse: Stretch = { sensors: [SENSORS, SENSORS + 1], fromStep: 0, steps: steps * 2, stepMin: 10 };
  return [
    toFile("stations.csv", registryCsv(), "registry"),
    first,
    { ...first, fileName: "readings-1 again.csv" },
    toFile("readings-2.csv", readingsCsv(dense(at(0.5))), "readings"),
    toFile("readings-3 + überlappend.csv.gz", gzipSync(readingsCsv(dense(at(1.1)))), "readings"),
    toFile("readings-4 large.csv", readingsCsv({ ...dense(at(1.7)), padding }), "readings"),
    toFile("readings-5 ten minutes.csv", readingsCsv(sparse), "readings"),
    toFile("photo.csv", Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(2000, 7)]), "rejected"),
  ];
}

function toFile(fileName: string, content: string | Buffer, becomes: PlannedFile["becomes"]): PlannedFile {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return { fileName, bytes, sha256: createHash("sha256").update(bytes).digest("hex"), becomes };
}

function readingsCsv({ sensors, fromStep, steps, stepMin, padding = 0 }: Stretch): string {
  const lines = [HEADER];
  const status = "x".repeat(padding);
  for (let step = fromStep; step < fromStep + steps; step++) {
    const instant = new Date(START_MS + step * stepMin * 60_000).toISOString();
    for (const sensor of sensors) {
      // Never the same value twice in a row and never a jump: nothing for a cleaning rule to drop.
      const temperatureC = 12 + 6 * Math.sin(step / 200 + sensor) + (step % 7) / 100;
      const humidityPercent = 55 + 20 * Math.cos(step / 300 + sensor) + (step % 5) / 100;
      lines.push(`CHAOS-${sensor},${instant},${temperatureC.toFixed(3)},${humidityPercent.toFixed(2)},${status}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function registryCsv(): string {
  const rows = Array.from(
    { length: SENSORS + 2 },
    (_, i) => `CHAOS-${i},Station ${i},${47 + i / 10},${8 + i / 10},yes`,
  );
  return `sensor_id,name,latitude,longitude,reference\n${rows.join("\n")}\n`;
}

/** Instant (ms) → value, for each `sensor property`. */
export type Expected = Map<string, Map<number, number>>;

/** Counts what the files say by reading their text again, without any of the portal's own code. */
export function readExpected(files: readonly PlannedFile[]): Expected {
  const expected: Expected = new Map();
  const seen = new Set<string>();
  for (const file of files) {
    if (file.becomes !== "readings" || seen.has(file.sha256)) continue;
    seen.add(file.sha256);
    const bytes = file.fileName.endsWith(".gz") ? gunzipSync(file.bytes) : file.bytes;
    for (const line of bytes.toString("utf8").split("\n").slice(1)) {
      const [sensor = "", instant = "", ...cells] = line.split(",");
      if (sensor === "") continue;
      for (const [index, property] of PROPERTIES.entries()) {
        const key = `${sensor} ${property}`;
        let series = expected.get(key);
        if (!series) {
          series = new Map<number, number>();
          expected.set(key, series);
        }
        series.set(Date.parse(instant), Number(cells[index]));
      }
    }
  }
  return expected;
}
