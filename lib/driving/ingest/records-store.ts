import type { PoolClient } from "pg";
import { inWorkspaceSql } from "#lib/db/sql";
import type { ArrivedRecord } from "../core/track-episodes.ts";
import { numberArray, wallClock, wallMs } from "./sql-arrays.ts";

export type WrittenRecord = ArrivedRecord & { driverNo: number };

// Months that this process has seen exist; asking again would cost a transaction for every call.
const knownMonths = new Set<string>();

/** Makes the partitions for these times, in a transaction of its own: it must not wait inside a writer's. */
export async function ensureMonths(scope: { workspaceId: string }, timesMs: Iterable<number>): Promise<void> {
  const missing = new Map<string, number>();
  for (const ms of timesMs) {
    const at = new Date(ms);
    const month = `${at.getUTCFullYear()}-${at.getUTCMonth()}`;
    if (!knownMonths.has(month)) missing.set(month, ms);
  }
  if (missing.size === 0) return;
  await inWorkspaceSql(scope, async (client) => {
    for (const ms of missing.values()) {
      const at = wallClock("$1::float8");
      await client.query(`select ensure_driving_partitions(${at}, ${at})`, [ms]);
    }
  });
  for (const month of missing.keys()) knownMonths.add(month);
}

export async function insertRecords(
  client: PoolClient,
  {
    workspaceId,
    receivedAtMs,
    records,
  }: { workspaceId: string; receivedAtMs: number; records: readonly WrittenRecord[] },
): Promise<void> {
  const numbers = (pick: (record: WrittenRecord) => number) => numberArray(records.map(pick));
  await client.query({
    name: "driving-insert-records",
    text: `insert into driving_records (workspace_id, driver_no, recorded_at, seq, received_at, latitude, longitude,
        speed_kmh, direction_deg, flags, neutral_slide_s, overspeed_s, is_late, plate, site_name)
      select $1, n.driver_no, ${wallClock("n.at_ms")}, n.seq, to_timestamp($2::float8 / 1000), n.latitude, n.longitude,
        n.speed_kmh, n.direction_deg, n.flags, n.neutral_slide_s, n.overspeed_s, n.is_late, n.plate, n.site_name
      from unnest($3::int[], $4::float8[], $5::bigint[], $6::float8[], $7::float8[], $8::float4[], $9::float4[],
        $10::int2[], $11::float4[], $12::float4[], $13::boolean[], $14::text[], $15::text[])
        as n(driver_no, at_ms, seq, latitude, longitude, speed_kmh, direction_deg, flags, neutral_slide_s, overspeed_s,
          is_late, plate, site_name)`,
    values: [
      ...[workspaceId, receivedAtMs],
      numbers((record) => record.driverNo),
      numbers((record) => record.recordedAtMs),
      numbers((record) => record.seq),
      numbers((record) => record.latitude),
      numbers((record) => record.longitude),
      numbers((record) => record.speedKmh),
      numbers((record) => record.directionDeg),
      numbers((record) => record.flags),
      numbers((record) => record.neutralSlideS),
      numbers((record) => record.overspeedS),
      records.map((record) => record.isLate),
      records.map((record) => record.plate),
      records.map((record) => record.siteName),
    ],
  });
}

export interface ProducerKey {
  driverNo: number;
  producerSeq: number;
}

/** Of these producers' numbers, those that are new; they are taken from now on. */
export async function takeProducerKeys(
  client: PoolClient,
  workspaceId: string,
  keys: readonly ProducerKey[],
): Promise<ProducerKey[]> {
  const { rows } = await client.query<ProducerKey>({
    name: "driving-take-keys",
    text: `insert into driving_record_keys (workspace_id, driver_no, producer_seq)
      select $1, * from unnest($2::int[], $3::bigint[]) on conflict do nothing
      returning driver_no as "driverNo", producer_seq::float8 as "producerSeq"`,
    values: [
      workspaceId,
      numberArray(keys.map(({ driverNo }) => driverNo)),
      numberArray(keys.map(({ producerSeq }) => producerSeq)),
    ],
  });
  return rows;
}

export type StoredRecord = Omit<WrittenRecord, "driverCode" | "driverNo" | "producerSeq">;

interface StoredRow extends Omit<StoredRecord, "directionDeg" | "neutralSlideS" | "overspeedS"> {
  directionDeg: number | null;
  neutralSlideS: number | null;
  overspeedS: number | null;
}

/** For each driver the records from a time on, in order, at most `limit` of each. */
export async function readRecordsFrom(
  client: PoolClient,
  { starts, limit }: { starts: readonly { driverNo: number; fromMs: number }[]; limit: number },
): Promise<Map<number, StoredRecord[]>> {
  const { rows } = await client.query<StoredRow & { driverNo: number }>({
    name: "driving-records-from",
    text: `select n.driver_no as "driverNo", ${wallMs("r.recorded_at")} as "recordedAtMs", r.seq::float8 as seq, r.latitude,
        r.longitude, r.speed_kmh as "speedKmh", r.direction_deg as "directionDeg", r.flags,
        r.neutral_slide_s as "neutralSlideS", r.overspeed_s as "overspeedS", r.is_late as "isLate", r.plate,
        r.site_name as "siteName"
      from unnest($1::int[], $2::float8[]) as n(driver_no, from_ms)
      cross join lateral (
        select * from driving_records s where s.driver_no = n.driver_no and s.recorded_at >= ${wallClock("n.from_ms")}
        order by s.recorded_at, s.seq limit $3) r
      order by n.driver_no, r.recorded_at, r.seq`,
    values: [
      numberArray(starts.map(({ driverNo }) => driverNo)),
      numberArray(starts.map(({ fromMs }) => fromMs)),
      limit,
    ],
  });
  const found = new Map<number, StoredRecord[]>(starts.map(({ driverNo }) => [driverNo, []]));
  for (const { driverNo, directionDeg, neutralSlideS, overspeedS, ...row } of rows) {
    const durations = { neutralSlideS: neutralSlideS ?? NaN, overspeedS: overspeedS ?? NaN };
    found.get(driverNo)?.push({ ...row, directionDeg: directionDeg ?? NaN, ...durations });
  }
  return found;
}
