import type { PoolClient } from "pg";

export interface SensorRow {
  id: string;
  code: string;
  name: string | null;
  latitude: number | null;
  longitude: number | null;
  mercatorX: number | null;
  mercatorY: number | null;
  elevationM: number | null;
  ownerName: string | null;
  exposure: string | null;
  isReference: boolean | null;
}

/** Inserts or updates by sensor code. A row that says nothing new changes nothing and is not counted. */
export async function upsertSensors(
  client: PoolClient,
  { workspaceId, datasetId, rows }: { workspaceId: string; datasetId: string; rows: readonly SensorRow[] },
): Promise<{ added: number; changed: number }> {
  const column = <K extends keyof SensorRow>(key: K) => rows.map((row) => row[key]);
  const outcome = await client.query<{ added: boolean }>(
    `insert into sensors as s (id, workspace_id, code, name, latitude, longitude, mercator_x, mercator_y,
       elevation_m, owner_name, exposure, is_reference, dataset_id, updated_at)
     select id, $1, code, coalesce(name, ''), latitude, longitude, mercator_x, mercator_y,
       elevation_m, coalesce(owner_name, ''), coalesce(exposure, ''), coalesce(is_reference, false), $2, now()
     from unnest($3::uuid[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::float8[], $9::float8[],
       $10::float8[], $11::text[], $12::text[], $13::boolean[])
       as n (id, code, name, latitude, longitude, mercator_x, mercator_y, elevation_m, owner_name, exposure, is_reference)
     on conflict (workspace_id, code) do update set
       name = coalesce(nullif(excluded.name, ''), s.name),
       latitude = coalesce(excluded.latitude, s.latitude), longitude = coalesce(excluded.longitude, s.longitude),
       mercator_x = coalesce(excluded.mercator_x, s.mercator_x), mercator_y = coalesce(excluded.mercator_y, s.mercator_y),
       elevation_m = coalesce(excluded.elevation_m, s.elevation_m),
       owner_name = coalesce(nullif(excluded.owner_name, ''), s.owner_name),
       exposure = coalesce(nullif(excluded.exposure, ''), s.exposure),
       is_reference = excluded.is_reference, dataset_id = excluded.dataset_id, updated_at = now()
     where (coalesce(nullif(excluded.name, ''), s.name), coalesce(excluded.latitude, s.latitude),
         coalesce(excluded.longitude, s.longitude), coalesce(excluded.elevation_m, s.elevation_m),
         coalesce(nullif(excluded.owner_name, ''), s.owner_name), coalesce(nullif(excluded.exposure, ''), s.exposure),
         excluded.is_reference)
       is distinct from (s.name, s.latitude, s.longitude, s.elevation_m, s.owner_name, s.exposure, s.is_reference)
     returning (xmax = 0) as added`,
    [
      workspaceId,
      datasetId,
      column("id"),
      column("code"),
      column("name"),
      column("latitude"),
      column("longitude"),
      column("mercatorX"),
      column("mercatorY"),
      column("elevationM"),
      column("ownerName"),
      column("exposure"),
      column("isReference"),
    ],
  );
  const added = outcome.rows.filter((row) => row.added).length;
  return { added, changed: outcome.rows.length - added };
}
