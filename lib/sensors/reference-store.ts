import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { PlacedSensor, ReferenceMatch } from "./core/match-references.ts";

export function listPlacedSensors(ctx: Ctx): Promise<PlacedSensor[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<PlacedSensor[]>`
      select id, latitude as lat, longitude as lon, elevation_m as "elevationM", is_reference as "isReference"
      from sensors where workspace_id = ${ctx.workspaceId}::uuid and mercator_x is not null`,
  );
}

/** Where all sensors and stations stand, as a hash: as long as it stays, so do the matches. */
export async function findPositionsFingerprint(ctx: Ctx): Promise<{ sensorCount: number; hash: string }> {
  const [row] = await inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<{ sensorCount: number; hash: string | null }[]>`
      select count(*)::int as "sensorCount",
        md5(string_agg(concat_ws(':', id, latitude, longitude, elevation_m, is_reference), ',' order by id)) as hash
      from sensors where workspace_id = ${ctx.workspaceId}::uuid and mercator_x is not null`,
  );
  return { sensorCount: row?.sensorCount ?? 0, hash: row?.hash ?? "none" };
}

export async function replaceReferenceMatches(
  client: PoolClient,
  workspaceId: string,
  matches: readonly ReferenceMatch[],
): Promise<void> {
  // Two refreshes at once would insert the same keys; the later one waits and wins.
  await client.query("select pg_advisory_xact_lock(hashtext('reference-matches'), hashtext($1))", [workspaceId]);
  await client.query("delete from reference_matches where workspace_id = $1", [workspaceId]);
  for (let start = 0; start < matches.length; start += 20_000) {
    const batch = matches.slice(start, start + 20_000);
    await client.query(
      `insert into reference_matches (workspace_id, sensor_id, rank, reference_id, distance_m, elevation_diff_m)
       select $1, s, r, f, d, e from unnest($2::uuid[], $3::int2[], $4::uuid[], $5::float8[], $6::float8[]) as n (s, r, f, d, e)`,
      [
        workspaceId,
        batch.map((match) => match.sensorId),
        batch.map((match) => match.rank),
        batch.map((match) => match.referenceId),
        batch.map((match) => match.distanceM),
        batch.map((match) => match.elevationDiffM),
      ],
    );
  }
}
