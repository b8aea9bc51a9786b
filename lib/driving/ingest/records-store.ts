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

/** A driver's records between two of his times, both included, in order. */
export async function readRecords(
  client: PoolClient,
  { driverNo, fromMs, toMs }: { driverNo: number; fromMs: number; toMs: number },
): Promise<StoredRecord[]> {
  const { rows } = await client.query<StoredRow>(
    `select ${wallMs("recorded_at")} as "recordedAtMs", seq::float8 as seq, latitude, longitude, speed_kmh as "speedKmh",
       direction_deg as "directionDeg", flags, neutral_slide_s as "neutralSlideS", overspeed_s as "overspeedS",
       is_late as "isLate", plate, site_name as "siteName"
     from driving_records where driver_no = $1 and recorded_at between ${wallClock("$2::float8")} and ${wallClock("$3::float8")}
     order by recorded_at, seq`,
    [driverNo, fromMs, toMs],
  );
  return rows.map((row) => ({
    ...row,
    directionDeg: row.directionDeg ?? NaN,
    neutralSlideS: row.neutralSlideS ?? NaN,
    overspeedS: row.overspeedS ?? NaN,
  }));
}

const STRIDE = 2000;

/**
 * How far a driver's records reach from a time without a gap, backwards or forwards. Looks in strides, because a
 * session may be long and a history longer.
 */
export async function findSessionEdge(
  client: PoolClient,
  { driverNo, atMs, gapS, isBackward }: { driverNo: number; atMs: number; gapS: number; isBackward: boolean },
): Promise<number> {
  const [compare, order] = isBackward ? ["<=", "desc"] : [">=", "asc"];
  let edgeMs = atMs;
  for (;;) {
    const { rows } = await client.query<{ ms: number }>(
      `select distinct ${wallMs("recorded_at")} as ms, recorded_at from driving_records
       where driver_no = $1 and recorded_at ${compare} ${wallClock("$2::float8")}
       order by recorded_at ${order} limit ${STRIDE}`,
      [driverNo, edgeMs],
    );
    for (const { ms } of rows) {
      if (Math.abs(ms - edgeMs) > gapS * 1000) return edgeMs;
      edgeMs = ms;
    }
    if (rows.length < STRIDE) return edgeMs;
  }
}
