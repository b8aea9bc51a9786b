import type { Ctx } from "#lib/auth/context";
import { createParquetWriter } from "#lib/tables/parquet-writer";
import { FLAG_COLUMNS, RECORD_COLUMNS, toRecordColumns, type DrivingRecord } from "../cleaning/record-columns.ts";
import { FLAG } from "../core/record.ts";
import type { StoredRecordRow } from "../history/schema.ts";
import { listRecordsByArrival } from "../history/store.ts";

const PAGE_ROWS = 5_000;
const SOURCE = "received";
/** Bits of the stored flags in the order of the table's columns. */
const FLAG_BITS = [
  FLAG.speedUp,
  FLAG.slowDown,
  FLAG.neutralSlide,
  FLAG.neutralSlideEnd,
  FLAG.overspeed,
  FLAG.overspeedEnd,
  FLAG.fatigue,
  FLAG.throttleStop,
  FLAG.oilLeak,
] as const;

/**
 * Writes the records that vehicles sent, in the order of arrival and up to arrival number `toSeq`, as a table like those
 * of uploaded files.
 */
export async function writeReceivedRecords(ctx: Ctx, path: string, toSeq: number): Promise<string> {
  const writer = await createParquetWriter(path, RECORD_COLUMNS);
  try {
    let cursor: string | undefined;
    do {
      const page = await listRecordsByArrival(ctx, { cursor, limit: PAGE_ROWS, toSeq });
      const rows = page.items.map(({ seq }) => seq);
      await writer.append(toRecordColumns(page.items.map(toRecord), rows, SOURCE), rows.length);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    await writer.close();
    return path;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

function toRecord(row: StoredRecordRow): DrivingRecord {
  // The wall clock as it was sent; no zone is known.
  const recordedAtMs = Date.parse(`${row.at.replace(" ", "T")}Z`);
  return {
    driverId: row.driver,
    plateNumber: row.plate,
    clockS: Math.floor(recordedAtMs / 1000),
    recordedAtMs,
    latitude: row.latitude,
    longitude: row.longitude,
    speedKmh: row.speedKmh,
    headingDeg: row.directionDeg ?? NaN,
    site: row.siteName,
    flags: Object.fromEntries(
      FLAG_COLUMNS.map((name, i) => [name, (row.flags & FLAG_BITS[i]!) !== 0]),
    ) as DrivingRecord["flags"],
    neutralSlideS: row.neutralSlideS ?? NaN,
    overspeedS: row.overspeedS ?? NaN,
  };
}
