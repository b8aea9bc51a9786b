import { join } from "node:path";
import { FLAG_COLUMNS } from "#lib/driving/cleaning/record-columns";
import { openDuckDb, quoteText } from "#lib/tables/duckdb";

export interface SyntheticFleet {
  drivers: number;
  recordsPerDriver: number;
  /** Files of so many drivers each, written one after the other. */
  driversPerFile: number;
  folder: string;
}

/**
 * Records of vehicles that report every 10 s, computed from their numbers alone: about one in 14 starts to speed and
 * ends in the next record (sometimes in the one that starts again), sessions of 5,000 records with hours between them,
 * five minutes of standing in every 1,000.
 */
export async function writeSyntheticRecords({ drivers, recordsPerDriver, driversPerFile, folder }: SyntheticFleet) {
  const { connection, close } = await openForWriting();
  try {
    const paths: string[] = [];
    for (let first = 0; first < drivers; first += driversPerFile) {
      const name = `fleet-${String(paths.length).padStart(3, "0")}`;
      const path = join(folder, `${name}.parquet`);
      const count = Math.min(driversPerFile, drivers - first);
      await connection.run(
        `copy (${query({ first, count, recordsPerDriver, name })}) to ${quoteText(path)} (format parquet, compression zstd)`,
      );
      paths.push(path);
    }
    return paths;
  } finally {
    close();
  }
}

async function openForWriting() {
  const database = await openDuckDb({ memoryLimitMb: 1024 });
  await database.connection.run("set preserve_insertion_order = false");
  return { connection: database.connection, close: () => database.close() };
}

const START_S = Date.UTC(2024, 0, 1, 8) / 1000;
/** A share of rows, by an integer hash that is the same wherever it is computed. */
const often = (row: string, salt: number, every: number) =>
  `((${row}) * 7919 + driver * 104729 + ${salt}) % ${every} = 0`;

function query(of: { first: number; count: number; recordsPerDriver: number; name: string }): string {
  const flags: Record<(typeof FLAG_COLUMNS)[number], string> = {
    is_rapid_speedup: often("seq", 1, 127),
    is_rapid_slowdown: often("seq", 2, 131),
    is_neutral_slide: often("seq", 3, 149),
    is_neutral_slide_end: `seq > 0 and ${often("seq - 1", 3, 149)}`,
    is_overspeed: often("seq * seq", 5, 14),
    is_overspeed_end: `seq > 0 and ${often("(seq - 1) * (seq - 1)", 5, 14)}`,
    is_fatigue: often("seq", 7, 12),
    is_throttle_stop: often("seq", 11, 121),
    is_oil_leak: often("seq", 13, 125),
  };
  return `with numbers as (
  select ${of.first} + i // ${of.recordsPerDriver} as driver, i % ${of.recordsPerDriver} as seq
  from range(${of.count * of.recordsPerDriver}) t(i)
), moved as (
  select *, seq - 30 * (seq // 1000) - least(seq % 1000, 30) as moves,
    ${START_S} + driver % 10 + seq * 10 + (seq // 5000) * 20000 as clock_s
  from numbers
)
select 'driver' || lpad(driver::varchar, 7, '0') as driver_id, 'P-' || driver as plate_number, clock_s,
  make_timestamptz(clock_s * 1000000) as recorded_at,
  round(30 + 5 * sin(driver + moves * 0.0005), 6) as latitude, round(105 + driver % 10, 6) as longitude,
  (60 + (seq * 37 + driver) % 90)::double as speed_kmh, 90.0::double as heading_deg, null::varchar as site,
  ${FLAG_COLUMNS.map((name) => `${flags[name]} as ${name}`).join(", ")},
  case when ${flags.is_neutral_slide_end} then 10.0 end::double as neutral_slide_s,
  case when ${flags.is_overspeed_end} then 10.0 end::double as overspeed_s,
  ${quoteText(of.name)} as source_file, (driver - ${of.first}) * ${of.recordsPerDriver} + seq + 1 as source_row
from moved`;
}
