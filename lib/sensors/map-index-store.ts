import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { FAULT_CAUSE } from "./core/fault-causes.ts";
import { CAUSE_TEXT } from "./fault-cause-sql.ts";
import { READING_AGE } from "./core/reading-age.ts";

export interface MapVersion {
  count: number;
  hash: string;
}

/**
 * What the sensors of a workspace are right now, in one scan. A sum of hashed change instants rather than the
 * newest instant: a long import commits changes that are older than what others committed meanwhile.
 */
export function findMapVersion(ctx: Ctx): Promise<MapVersion> {
  return inWorkspace(ctx, async (tx) => {
    const [row] = await tx.$queryRaw<MapVersion[]>`
      select count(*)::int as count, coalesce(sum(hashfloat8(date_part('epoch', updated_at))), 0)::text as hash
      from sensors where workspace_id = ${ctx.workspaceId}::uuid`;
    return row ?? { count: 0, hash: "0" };
  });
}

export interface MapSensor {
  id: string;
  code: string;
  name: string;
  owner: string;
  address: string;
  ownerUserId: string | null;
  lat: number | null;
  lon: number | null;
  verdict: "good" | "suspect" | "fault";
  reason: string;
  isReference: boolean;
  /** Epoch ms; null has never reported. */
  silentAfterMs: number | null;
  /** Epoch ms; null had no fault. */
  recoveredUntilMs: number | null;
}

type Row = [
  id: string,
  code: string,
  name: string,
  owner: string,
  address: string,
  ownerUserId: string | null,
  lat: number | null,
  lon: number | null,
  verdict: MapSensor["verdict"],
  reason: string,
  isReference: boolean,
  silentAfterMs: number | null,
  recoveredUntilMs: number | null,
];

/** All sensors of the workspace, also those without a position. */
export async function listMapSensors(ctx: Ctx): Promise<MapSensor[]> {
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<Row>({
      text: `select id, code, name, owner_name, address, owner_user_id,
               case when mercator_x is null then null else latitude end, case when mercator_x is null then null else longitude end,
               verdict, verdict_reason, is_reference, date_part('epoch', silent_after) * 1000, date_part('epoch', recovered_until) * 1000
             from sensors where workspace_id = $1`,
      values: [ctx.workspaceId],
      rowMode: "array",
    }),
  );
  return rows.map(
    ([id, code, name, owner, address, ownerUserId, lat, lon, verdict, reason, isReference, ...untilMs]) => ({
      id,
      code,
      name,
      owner,
      address,
      ownerUserId,
      lat,
      lon,
      verdict,
      reason,
      isReference,
      silentAfterMs: untilMs[0],
      recoveredUntilMs: untilMs[1],
    }),
  );
}

/** Latest value by sensor id of everything that measures the property; null while it has none. */
export async function listLatestValues(ctx: Ctx, property: string): Promise<Map<string, number | null>> {
  const ofAge =
    "select id, extract(epoch from now() - last_observed_at)::float8 / 3600 from sensors where workspace_id = $1";
  const ofProperty = "select sensor_id, last_value from datastreams where workspace_id = $1 and observed_property = $2";
  const ofCause = `select s.id, ${CAUSE_TEXT} from sensors s where s.workspace_id = $1`;
  const [text, more] =
    property === READING_AGE ? [ofAge, []] : property === FAULT_CAUSE ? [ofCause, []] : [ofProperty, [property]];
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<[string, number | null]>({ text, values: [ctx.workspaceId, ...more], rowMode: "array" }),
  );
  return new Map(rows);
}
