import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { median } from "#lib/math/quantile";
import { type CsvTable, numbersOf, readCsv, timesOf } from "./csv-table.ts";

/** Families as the stored baselines name them. */
export type SeriesFamily =
  "lro" | "wsn" | "fault_soil" | "fault_temp" | "fault_light" | "saqc" | "skab" | "nab_sensor" | "nab_other";

export interface LabelledSeries {
  family: SeriesFamily;
  /** Name in the stored baselines, e.g. `wsn_singlehop_mote1_humidity`. */
  name: string;
  /** Series of one name here are channels of one device. */
  device: string;
  /** What is measured: a column name or the suffix of the file. */
  variable: string;
  /** Local time as if UTC, epoch ms. */
  times: Float64Array;
  values: Float64Array;
  labels: Uint8Array;
  /** The series before faults were injected, where known. */
  clean?: Float64Array;
  /** Rows per day; for the 5 s motes the 60 rows (5 min) that the stored baselines treat as their day. */
  samplesPerDay: number;
}

/** The stored baselines' stand-in for a day in series of 5 s: 60 rows. */
const MOTE_ROWS = 60;
const DAY_MS = 86_400_000;
const SENSOR_LIKE = /^realTraffic__|^realKnownCause__(ambient|machine)_temperature/;

/** Reads every labelled series of a sensor data folder, family by family. Folders that are absent are left out. */
export function* readLabelledSeries(dataDir: string, families?: readonly SeriesFamily[]): Generator<LabelledSeries> {
  for (const series of allFiles(dataDir)) {
    if (families && !series.families.some((family) => families.includes(family))) continue;
    for (const one of series.read(readCsv(series.path))) {
      if (!families || families.includes(one.family)) yield one;
    }
  }
}

interface SeriesFile {
  path: string;
  families: SeriesFamily[];
  read: (table: CsvTable) => LabelledSeries[];
}

function* allFiles(dataDir: string): Generator<SeriesFile> {
  for (const folder of readdirSync(dataDir).sort()) {
    for (const file of csvFiles(join(dataDir, folder))) {
      const path = join(dataDir, folder, file);
      const name = file.replace(/\.csv(\.gz)?$/, "");
      if (folder === "lro") yield { path, families: ["lro"], read: (table) => [lroSeries(table, name)] };
      else if (folder === "nab") yield nabFile(path, name);
      else if (folder === "saqc" && name.startsWith("hydro_"))
        yield {
          path,
          families: ["saqc"],
          read: (table) => labelledColumns(table, { family: "saqc", name, label: "label" }),
        };
      else if (folder === "skab")
        yield {
          path,
          families: ["skab"],
          read: (table) => labelledColumns(table, { family: "skab", name, label: "anomaly" }),
        };
      else if (folder.startsWith("wsn_"))
        yield { path, families: ["wsn"], read: (table) => moteSeries(table, `${folder}_${name}`) };
      else if (folder === "faultbench" && name.startsWith("soil_"))
        yield { path, families: ["fault_soil"], read: (table) => [soilSeries(table, name)] };
      else if (folder === "faultbench" && name.startsWith("hobo_"))
        yield { path, families: ["fault_temp", "fault_light"], read: (table) => loggerSeries(table, name) };
    }
  }
}

function csvFiles(folder: string): string[] {
  if (!existsSync(folder) || folder.endsWith(".csv")) return [];
  try {
    return readdirSync(folder)
      .filter((file) => /\.csv(\.gz)?$/.test(file) && !/^(INDEX|events)\./.test(file))
      .sort();
  } catch {
    return [];
  }
}

function marks(table: CsvTable, name: string): Uint8Array {
  return Uint8Array.from(numbersOf(table, name), (mark) => (mark > 0 ? 1 : 0));
}

/** Rows per day from the usual step. */
function samplesPerDayOf(times: Float64Array): number {
  const steps = times.subarray(1).map((time, i) => time - times[i]!);
  return Math.max(2, Math.round(DAY_MS / median(steps)));
}

function lroSeries(table: CsvTable, name: string): LabelledSeries {
  const [device = name, variable = ""] = name.split("_");
  const times = timesOf(table);
  const common = { name, device, variable, times, samplesPerDay: 96 };
  return { family: "lro", ...common, values: numbersOf(table, "raw"), labels: marks(table, "label") };
}

function moteSeries(table: CsvTable, device: string): LabelledSeries[] {
  const times = timesOf(table);
  const labels = marks(table, "label");
  return ["temperature", "humidity"].map((variable) => {
    const values = numbersOf(table, variable);
    const common = { name: `${device}_${variable}`, device, variable, times, values, labels };
    return { family: "wsn", ...common, samplesPerDay: MOTE_ROWS } as const;
  });
}

interface LabelledColumns {
  family: "saqc" | "skab";
  name: string;
  /** Column that holds the labels; "label" where there is none of this name. */
  label: string;
}

/** Every numeric column is a channel of the device; all share the labels. */
function labelledColumns(table: CsvTable, { family, name, label }: LabelledColumns): LabelledSeries[] {
  const times = timesOf(table, table.columns[0]);
  const labels = marks(table, table.columns.includes(label) ? label : "label");
  const variables = table.columns.slice(1).filter((column) => !["label", "anomaly", "changepoint"].includes(column));
  return variables.map((variable) => {
    const common = { device: name, variable, times, labels, samplesPerDay: samplesPerDayOf(times) };
    return { family, name: `${name}_${variable}`, ...common, values: numbersOf(table, variable) };
  });
}

function soilSeries(table: CsvTable, name: string): LabelledSeries {
  return {
    family: "fault_soil",
    name,
    device: name,
    variable: "soil_moisture",
    times: timesOf(table),
    values: numbersOf(table, "soil_moisture"),
    labels: marks(table, "label_soil"),
    clean: numbersOf(table, "soil_clean"),
    samplesPerDay: 96,
  };
}

function loggerSeries(table: CsvTable, device: string): LabelledSeries[] {
  const times = timesOf(table);
  const channel = (family: SeriesFamily, [variable, clean, kind]: [string, string, string]) => ({
    family,
    name: `${device}_${kind}`,
    device,
    variable,
    times,
    values: numbersOf(table, variable),
    labels: marks(table, `label_${kind}`),
    clean: numbersOf(table, clean),
    samplesPerDay: 144,
  });
  return [
    channel("fault_temp", ["temp_c", "temp_clean", "temp"]),
    channel("fault_light", ["lux", "lux_clean", "light"]),
  ];
}

function nabFile(path: string, name: string): SeriesFile {
  const family = SENSOR_LIKE.test(name) ? "nab_sensor" : "nab_other";
  const read = (table: CsvTable): LabelledSeries[] => {
    const times = timesOf(table);
    const values = numbersOf(table, "value");
    const samplesPerDay = family === "nab_other" ? 288 : samplesPerDayOf(times);
    const common = { device: name, variable: "value", times, values, samplesPerDay };
    return [{ family, name, ...common, labels: marks(table, "label") }];
  };
  return { path, families: [family], read };
}
