import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { NabFile } from "#lib/sensors/scoring/nab-score";
import { numbersOf, readCsv, timesOf } from "./csv-table.ts";

export interface NabSeries extends NabFile {
  /** As NAB names it, e.g. `realTraffic/speed_6005.csv`. */
  name: string;
  times: Float64Array;
  values: Float64Array;
  /** 1 inside a window, as the file has it. */
  labels: Float64Array;
}

/** Reads the NAB files of a sensor data folder with their windows. Throws when there is no `nab/windows.json`. */
export function readNabCorpus(dataDir: string): NabSeries[] {
  const folder = join(dataDir, "nab");
  const windowsPath = join(folder, "windows.json");
  if (!existsSync(windowsPath)) throw new Error(`${folder} holds no windows.json.`);
  const windows = JSON.parse(readFileSync(windowsPath, "utf8")) as Record<string, [string, string][]>;
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv.gz"));
  return files.sort().map((file) => {
    const name = file.replace("__", "/").replace(/\.gz$/, "");
    const table = readCsv(join(folder, file));
    const times = timesOf(table);
    const spans = (windows[name] ?? []).map(([from, to]) => rowsWithin(times, instant(from), instant(to)));
    const rows = { times, values: numbersOf(table, "value"), labels: numbersOf(table, "label") };
    return { name, rowCount: times.length, windows: spans, ...rows };
  });
}

/** `2014-04-10 07:15:00.000000` as epoch ms, read as if UTC. */
function instant(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`);
}

/** First and last row within two instants, both ends included. */
function rowsWithin(times: Float64Array, fromMs: number, toMs: number): { first: number; last: number } {
  const first = times.findIndex((time) => time >= fromMs);
  return { first, last: times.findLastIndex((time) => time <= toMs) };
}
