import type { PoolClient } from "pg";
import { z } from "zod";
import { EPISODE_KINDS, type BegunEpisode, type DriverState } from "../core/track-episodes.ts";
import { NO_STRETCH, type RuleStates, type RuleStretch } from "../rules/core/track-rules.ts";
import { numberArray, wallClock, wallMs } from "./sql-arrays.ts";

/** A driver as the writer of the stream sees and changes him. */
export interface WrittenDriver {
  driverNo: number;
  code: string;
  plate: string;
  state: DriverState;
  /** What is over the workspace's own rules. */
  rules: RuleStates;
  newestSeq: number;
  latitude: number;
  longitude: number;
  speedKmh: number;
  directionDeg: number;
  siteName: string | null;
  /** Records added by this transaction. */
  added: number;
  addedLate: number;
}

const begunFields = {
  startSeq: z.number(),
  startAtMs: z.number(),
  lastAtMs: z.number(),
  peakSpeedKmh: z.number(),
  recordCount: z.number(),
  plate: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  isLate: z.boolean(),
  isSilent: z.boolean(),
};
const begun = z.object({
  ...begunFields,
  id: z.uuid(),
  kind: z.enum(EPISODE_KINDS),
}) satisfies z.ZodType<BegunEpisode>;
const stretch = z.object({
  ...begunFields,
  id: z.string(),
  ruleNo: z.number(),
  raisedSeq: z.number().nullable(),
  raisedSpeedKmh: z.number(),
  isQuiet: z.boolean(),
  place: z.string(),
  deviceSeq: z.number().nullable(),
}) satisfies z.ZodType<RuleStretch>;
const driverState = z.object({
  overspeed: begun.nullable(),
  "neutral-slide": begun.nullable(),
  rules: z.record(z.string(), stretch).default(NO_STRETCH),
});

interface DriverRow extends Omit<WrittenDriver, "state" | "rules" | "directionDeg" | "added" | "addedLate"> {
  newestAtMs: number;
  directionDeg: number | null;
  state: unknown;
}

const COLUMNS = `driver_no as "driverNo", code, plate, ${wallMs("newest_at")} as "newestAtMs", newest_seq::float8 as "newestSeq",
  latitude, longitude, speed_kmh as "speedKmh", direction_deg as "directionDeg", site_name as "siteName", state`;

export async function loadDrivers(
  client: PoolClient,
  workspaceId: string,
  codes: readonly string[],
): Promise<WrittenDriver[]> {
  const { rows } = await client.query<DriverRow>({
    name: "driving-load-drivers",
    text: `select ${COLUMNS} from drivers where workspace_id = $1 and code = any($2::text[])`,
    values: [workspaceId, codes],
  });
  return rows.map(toDriver);
}

/** Drivers in the middle of an episode who have sent nothing for the gap. */
export async function loadSilentDrivers(
  client: PoolClient,
  { workspaceId, gapS, nowMs }: { workspaceId: string; gapS: number; nowMs: number },
): Promise<WrittenDriver[]> {
  const { rows } = await client.query<DriverRow>(
    `select ${COLUMNS} from drivers
     where workspace_id = $1 and is_open and last_received_at < to_timestamp($2::float8 / 1000 - $3::int)`,
    [workspaceId, nowMs, gapS],
  );
  return rows.map(toDriver);
}

function toDriver({ newestAtMs, state, directionDeg, ...row }: DriverRow): WrittenDriver {
  const { rules, ...open } = driverState.parse(state);
  return { ...row, directionDeg: directionDeg ?? NaN, state: { newestAtMs, open }, rules, added: 0, addedLate: 0 };
}

/** Gives numbers to drivers who were never heard of; `saveDrivers` fills in the rest. */
export async function insertDrivers(
  client: PoolClient,
  workspaceId: string,
  codes: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ driverNo: number; code: string }>(
    `insert into drivers (workspace_id, code, plate, newest_at, last_received_at, newest_seq, latitude, longitude, speed_kmh, state)
     select $1, code, '', 'epoch', now(), 0, 0, 0, 0, '{}' from unnest($2::text[]) as code
     returning driver_no as "driverNo", code`,
    [workspaceId, codes],
  );
  return new Map(rows.map(({ code, driverNo }) => [code, driverNo]));
}

export async function saveDrivers(
  client: PoolClient,
  drivers: readonly WrittenDriver[],
  receivedAtMs: number,
): Promise<void> {
  if (drivers.length === 0) return;
  const numbers = (pick: (driver: WrittenDriver) => number) => numberArray(drivers.map(pick));
  await client.query({
    name: "driving-save-drivers",
    text: `update drivers d set plate = n.plate, newest_at = ${wallClock("n.newest_ms")},
        last_received_at = case when n.added > 0 then to_timestamp($1::float8 / 1000) else d.last_received_at end,
        newest_seq = n.newest_seq, latitude = n.latitude, longitude = n.longitude, speed_kmh = n.speed_kmh,
        direction_deg = n.direction_deg, site_name = n.site_name, record_count = d.record_count + n.added,
        late_count = d.late_count + n.late, state = n.state, is_open = n.is_open
      from unnest($2::int[], $3::text[], $4::float8[], $5::bigint[], $6::float8[], $7::float8[], $8::float4[], $9::float4[],
        $10::text[], $11::int[], $12::int[], $13::jsonb[], $14::boolean[])
        as n(driver_no, plate, newest_ms, newest_seq, latitude, longitude, speed_kmh, direction_deg, site_name, added, late,
          state, is_open)
      where d.driver_no = n.driver_no`,
    values: [
      receivedAtMs,
      numbers((driver) => driver.driverNo),
      drivers.map((driver) => driver.plate),
      numbers((driver) => driver.state.newestAtMs),
      numbers((driver) => driver.newestSeq),
      numbers((driver) => driver.latitude),
      numbers((driver) => driver.longitude),
      numbers((driver) => driver.speedKmh),
      numbers((driver) => driver.directionDeg),
      drivers.map((driver) => driver.siteName),
      numbers((driver) => driver.added),
      numbers((driver) => driver.addedLate),
      drivers.map(({ state, rules }) =>
        JSON.stringify({ ...state.open, ...(Object.keys(rules).length === 0 ? {} : { rules }) }),
      ),
      drivers.map(({ state, rules }) => {
        const isOpen = EPISODE_KINDS.some((kind) => state.open[kind] && !state.open[kind].isSilent);
        return isOpen || Object.values(rules).some(({ raisedSeq, isSilent }) => raisedSeq !== null && !isSilent);
      }),
    ],
  });
}
