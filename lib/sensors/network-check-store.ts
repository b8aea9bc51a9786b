import type { PoolClient } from "pg";
import type { Voter } from "./checks/network/find-borders.ts";
import type { NetworkPlace } from "./checks/network/schema.ts";

/** Where sensors stand, and their nearest reference station. */
export interface NetworkPlaceRow extends NetworkPlace {
  referenceId: string | null;
}

export async function listNetworkPlaces(client: PoolClient, sensorIds: readonly string[]): Promise<NetworkPlaceRow[]> {
  const { rows } = await client.query<
    Omit<NetworkPlaceRow, "lat" | "lon"> & { lat: number | null; lon: number | null }
  >(
    `select s.id as "sensorId", s.elevation_m as "elevationM", r.id as "referenceId", r.code as "referenceCode",
       case when s.mercator_x is not null then s.latitude end as lat,
       case when s.mercator_x is not null then s.longitude end as lon
     from sensors s left join reference_matches m on m.sensor_id = s.id and m.rank = 0
       left join sensors r on r.id = m.reference_id
     where s.id = any($1::uuid[])`,
    [sensorIds],
  );
  return rows.map(({ lat, lon, ...row }) => (lat === null || lon === null ? row : { ...row, lat, lon }));
}

/** Everything that is measured at a known place of the workspace. */
export async function listVoters(client: PoolClient, workspaceId: string): Promise<Voter[]> {
  const { rows } = await client.query<Voter>(
    `select s.id as "sensorId", d.observed_property as "observedProperty", d.unit, s.latitude as lat, s.longitude as lon
     from datastreams d join sensors s on s.id = d.sensor_id
     where d.workspace_id = $1 and d.observation_count > 0 and s.mercator_x is not null order by d.id`,
    [workspaceId],
  );
  return rows;
}
