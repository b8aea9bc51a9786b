import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INTERVAL_ROLES, intervalOrder } from "#lib/charging/cleaning/interval-columns";
import { chargingIntervalsKind } from "#lib/charging/cleaning/kinds";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import { CsvParser } from "#lib/tables/csv-parser";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import type { RowBatch } from "#lib/tables/row-batch";

const COLUMNS = INTERVAL_ROLES.map(([, , , header]) => header);
const MAPPING: ColumnMapping = {
  kind: "charging-intervals",
  layout: "entities",
  columns: INTERVAL_ROLES.map(([role, , , source]) => ({ source, role })),
  timestamp: { format: "iso", timeZone: "America/Los_Angeles" },
  constants: {},
  decimalComma: false,
  positions: "as_is",
};
const BATCH = 4096;
const TIMES = 3;

/**
 * Interval cleaning: as many rows as the argument says (or ten million) from CSV text to a sorted Parquet file, with the
 * largest resident size; and a million rows in memory, cleaned and sorted, without and with reading the text.
 */
export async function run({ args }: { args: string[] }): Promise<Record<string, unknown>> {
  // First, while nothing else is held.
  const streamed = await stream(Number(args[0] ?? 10_000_000));
  if (args.includes("only")) return { streamed };
  const million = [...texts(1_000_000)];
  const rows = [...parse(million)];
  const inMemoryMs = fastest(() => cleanAndSort(rows));
  const fromTextMs = fastest(() => cleanAndSort(parse(million)));
  return { rows: 1_000_000, inMemoryMs, fromTextMs, streamed };
}

function fastest(task: () => void): number {
  let best = Infinity;
  for (let i = 0; i < TIMES; i++) {
    const startedMs = performance.now();
    task();
    best = Math.min(best, performance.now() - startedMs);
  }
  return Math.round(best);
}

const createCleaner = () => chargingIntervalsKind.createCleaner(MAPPING, { nowMs: 0, fileName: "bench.csv" });

function cleanAndSort(batches: Iterable<RowBatch>): Uint32Array {
  const cleaner = createCleaner();
  const sessions: Float64Array[] = [];
  const intervals: Float64Array[] = [];
  for (const batch of batches) {
    const [intervalIds, sessionIds] = cleaner.push(batch).columns as Float64Array[];
    sessions.push(sessionIds!);
    intervals.push(intervalIds!);
  }
  return intervalOrder(join64(sessions), join64(intervals));
}

function join64(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function* parse(pieces: Iterable<string>): Generator<RowBatch> {
  const parser = new CsvParser({ delimiter: ",", quote: '"' });
  for (const piece of pieces) {
    const firstRow = parser.recordCount + 2;
    yield { firstRow, columns: COLUMNS, rows: parser.push(piece) };
  }
}

/** Sessions of eight intervals, mixed as an export mixes them; one row in ten is dropped, one in twenty capped. */
function* texts(rows: number): Generator<string> {
  for (let from = 0; from < rows; from += BATCH) {
    let text = "";
    for (let row = from; row < Math.min(rows, from + BATCH); row++) {
      const session = 5_000_000 + ((row * 7919) % Math.max(1, Math.floor(rows / 8)));
      const day = 1 + (row % 28);
      const energy = row % 10 === 0 ? "0.0" : "1.6250";
      const power = row % 20 === 3 ? "512.5" : "6.5001";
      const start = `2018-${10 + (row % 3)}-${day < 10 ? "0" : ""}${day} ${10 + (row % 13)}:15:00.0`;
      text += `${900_000_000 + row},${session},${start},900,${power},6.43217,${energy}\n`;
    }
    yield text;
  }
}

async function stream(rows: number): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-bench-"));
  const path = join(folder, "intervals.parquet");
  let peakRss = 0;
  try {
    const startedMs = performance.now();
    const { parquetColumns, sortedBy } = chargingIntervalsKind;
    const writer = await createParquetWriter(path, parquetColumns, { sortedBy: sortedBy ?? [] });
    const cleaner = createCleaner();
    for (const batch of parse(texts(rows))) {
      const cleaned = cleaner.push(batch);
      await writer.append(cleaned.columns, cleaned.rowCount);
      peakRss = Math.max(peakRss, process.memoryUsage.rss());
    }
    const cleanedMs = performance.now();
    const cleaningRss = peakRss;
    const watch = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage.rss())), 50);
    const { rows: rowsKept } = await writer.close();
    clearInterval(watch);
    return {
      rows,
      rowsKept,
      cleanS: Math.round((cleanedMs - startedMs) / 100) / 10,
      sortAndWriteS: Math.round((performance.now() - cleanedMs) / 100) / 10,
      peakRssCleaningMb: Math.round(cleaningRss / 1e6),
      peakRssMb: Math.round(peakRss / 1e6),
      parquetMb: Math.round((await stat(path)).size / 1e6),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
