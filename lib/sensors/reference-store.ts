import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";

export interface PlacedSensor {
  id: string;
  lat: number;
  lon: number;
  elevationM: number | null;
  isReference: boolean;
}

export function listPlacedSensors(ctx: Ctx): Promise<PlacedSensor[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<PlacedSensor[]>`
      select id, latitude as lat, longitude as lon, elevation_m as "elevationM", is_reference as "isReference"
      from sensors where workspace_id = ${ctx.workspaceId}::uuid and mercator_x is not null`,
  );
}

export interface NewMatch {
  sensorId: string;
  rank: number;
  referenceId: string;
  distanceM: number;
  elevationDiffM: number | null;
}

export async function replaceReferenceMatches(ctx: Ctx, matches: readonly NewMatch[]): Promise<void> {
  await inWorkspaceSql(ctx, async (client) => {
    // Two refreshes at once would insert the same keys; the later one waits and wins.
    await client.query("select pg_advisory_xact_lock(hashtext('reference-matches'), hashtext($1))", [ctx.workspaceId]);
    await client.query("delete from reference_matches where workspace_id = $1", [ctx.workspaceId]);
    for (let start = 0; start < matches.length; start += 20_000) {
      const batch = matches.slice(start, start + 20_000);
      await client.query(
        `insert into reference_matches (workspace_id, sensor_id, rank, reference_id, distance_m, elevation_diff_m)
         select $1, s, r, f, d, e from unnest($2::uuid[], $3::int2[], $4::uuid[], $5::float8[], $6::float8[]) as n (s, r, f, d, e)`,
        [
          ctx.workspaceId,
          batch.map((match) => match.sensorId),
          batch.map((match) => match.rank),
          batch.map((match) => match.referenceId),
          batch.map((match) => match.distanceM),
          batch.map((match) => match.elevationDiffM),
        ],
      );
    }
  });
}
