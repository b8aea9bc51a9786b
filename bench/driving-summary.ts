import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onDuckDb } from "#lib/driving/summary/compute-on-duckdb";
import type { ComputedSummary } from "#lib/driving/summary/engine";
import { inOrder, SUMMARY_TABLES } from "#lib/driving/summary/sql/summary-sql";
import type { SummarySettings } from "#lib/driving/summary/sql/tracks";
import { AppError } from "#lib/errors";
import { repositoryRoot } from "#lib/stack/repository-root";
import { cleanDayFiles } from "./driving/day-files.ts";
import { whyNoSpark, withSpark } from "./driving/spark.ts";
import { writeSyntheticRecords } from "./driving/synthetic-records.ts";

const SETTINGS: SummarySettings = { sessionGapS: 60, fromClockS: null, toClockS: null };
const REQUEST = { settings: SETTINGS, stopMinS: 180 };
const WARM_RUNS = 5;
const DRIVERS = 2000;
const MEMORY_MB = 4096;
const SPILL_MB = 40_000;
const SAMPLE_MS = 200;

/**
 * `driving-summary`: every table of the day files of --data, in a process that has done it before. `driving-summary
 * 100` also so many million synthetic records; with `spark` behind it, the same on a local Spark; with `in DIR` they
 * are kept there for another time.
 */
export async function run({ dataDir, args }: { dataDir?: string; args: string[] }) {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-bench-"));
  const millions = Number(args[0] ?? 0);
  if (!(millions >= 0)) throw new AppError("invalid_input", "How many million synthetic records? driving-summary 100");
  try {
    const days = await measureDays(dataDir ?? resolve(repositoryRoot, "../shared/data/driving"), folder);
    if (millions === 0) return { days };
    const loadBefore = loadavg()[0];
    const keptIn = args.includes("in") ? args[args.indexOf("in") + 1] : undefined;
    const asked = { millions, folder, keptIn, withSpark: args.includes("spark") };
    return { days, loadBefore, synthetic: await measureSynthetic(asked) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureDays(dataDir: string, folder: string) {
  if (!existsSync(dataDir)) return { skipped: `${dataDir} is not there` };
  const cleanedMs = performance.now();
  const files = await cleanDayFiles(dataDir, folder);
  const cleanS = secondsSince(cleanedMs);
  const paths = files.map(({ path }) => path);
  const runs: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let i = 0; i <= WARM_RUNS; i++) runs.push((await summarise({ paths, memoryLimitMb: 1024 })).totalS);
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuPerRunS = Math.round((user + system) / 1e3 / runs.length) / 1000;
  const [coldS, ...warm] = runs;
  const warmS = warm.toSorted((a, b) => a - b);
  const rows = files.reduce((sum, { rowsKept }) => sum + rowsKept, 0);
  const [summaryS, worstS] = [warmS[Math.floor(WARM_RUNS / 2)], warmS.at(-1)];
  return { days: files.length, rows, cleanS, coldS, summaryS, worstS, cpuPerRunS };
}

interface Asked {
  paths: string[];
  memoryLimitMb: number;
  tempDir?: string;
}

/** From the Parquet files to the rows of every table, trips and stops among them. */
async function summarise({ paths, memoryLimitMb, tempDir }: Asked) {
  const startedMs = performance.now();
  const spill = tempDir === undefined ? {} : { tempDir, tempMb: SPILL_MB };
  const stepsS: Record<string, number> = {};
  let at = performance.now();
  let last = "open";
  const step = (name: string) => {
    stepsS[last] = secondsSince(at);
    [at, last] = [performance.now(), name];
  };
  const computed = await onDuckDb({ paths, memoryLimitMb, ...spill })(REQUEST, {
    signal: new AbortController().signal,
    onProgress: (_, name = "") => step(name.replace("Compute ", "")),
    log: () => undefined,
    onMemory: () => undefined,
  });
  try {
    step("tables");
    const rows = await readTables(computed);
    step("end");
    const [total] = await computed.rows(computed.tables.total);
    return { totalS: secondsSince(startedMs), rows, stepsS, total };
  } finally {
    computed.close();
  }
}

/** Reads every table in its order; of those with a row per episode and hour only the count. Answers how many rows. */
async function readTables({ rows, tables }: ComputedSummary): Promise<number> {
  let count = 0;
  for (const table of [...SUMMARY_TABLES, "trips", "stops"] as const) {
    const isCounted = table.endsWith("Episodes") || table === "stops" || table === "driverHours";
    if (isCounted) {
      const [answer] = await rows(`select count(*) as row_count from (${tables[table]}) t`);
      count += Number(answer?.["row_count"]);
    } else count += (await rows(inOrder(table, tables[table]))).length;
  }
  return count;
}

interface Synthetic {
  millions: number;
  folder: string;
  keptIn: string | undefined;
  withSpark: boolean;
}

async function measureSynthetic({ millions, folder, keptIn, withSpark }: Synthetic) {
  const recordsPerDriver = Math.ceil((millions * 1e6) / DRIVERS);
  const generatedMs = performance.now();
  const paths = await writeOrFind({ recordsPerDriver, folder: keptIn ?? folder });
  const generateS = secondsSince(generatedMs);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const tempDir = join(folder, "spill");
  await mkdir(tempDir);
  const watch = watchUse(tempDir);
  const cpuBefore = process.cpuUsage();
  const { totalS, rows, stepsS, total } = await summarise({ paths, memoryLimitMb: MEMORY_MB, tempDir });
  const { user, system } = process.cpuUsage(cpuBefore);
  const use = { cpuS: Math.round((user + system) / 1e6), ...watch.stop() };
  const records = DRIVERS * recordsPerDriver;
  const figures = {
    ...{
      records,
      drivers: DRIVERS,
      generateS,
      parquetMb: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6),
    },
    duckDb: { totalS, recordsPerS: Math.round(records / totalS), memoryLimitMb: MEMORY_MB, ...use, rows, stepsS },
    overspeedEpisodes: total?.["overspeed_count"],
    distanceKm: total?.["distance_km"],
  };
  return withSpark ? { ...figures, spark: await measureSpark(paths) } : figures;
}

async function writeOrFind({ recordsPerDriver, folder }: { recordsPerDriver: number; folder: string }) {
  await mkdir(folder, { recursive: true });
  const found = (await readdir(folder)).filter((name) => name.startsWith("fleet-")).toSorted();
  if (found.length > 0) return found.map((name) => join(folder, name));
  return writeSyntheticRecords({ drivers: DRIVERS, recordsPerDriver, driversPerFile: 100, folder });
}

async function measureSpark(paths: string[]) {
  const missing = await whyNoSpark();
  if (missing !== null) return { skipped: missing };
  return withSpark(paths, REQUEST, async (computed, { totalS, computedS, peakRssMb, log }) => {
    const [total] = await computed.rows(computed.tables.total);
    return {
      ...{ by: computed.computedBy, totalS: Math.round(totalS), computedS: Math.round(computedS), peakRssMb },
      ...{ overspeedEpisodes: total?.["overspeed_count"], distanceKm: total?.["distance_km"], steps: log },
    };
  });
}

/** Highest memory of this process and most disk that rows took which did not fit. */
function watchUse(tempDir: string) {
  let [peakBytes, spillBytes] = [0, 0];
  const look = async () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    const names = await readdir(tempDir).catch(() => []);
    const sizes = await Promise.all(names.map((name) => stat(join(tempDir, name)).catch(() => ({ size: 0 }))));
    spillBytes = Math.max(
      spillBytes,
      sizes.reduce((sum, { size }) => sum + size, 0),
    );
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakRssMb: Math.round(peakBytes / 1e6), spillMb: Math.round(spillBytes / 1e6) };
    },
  };
}

function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1000;
}
