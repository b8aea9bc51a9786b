import type { PoolClient } from "pg";

/** Four decimals are eleven metres: a position that trembles keeps its address. */
const PLACE_SQL = "round(latitude::numeric, 4) || ',' || round(longitude::numeric, 4)";

export async function listUnknownPlaces(client: PoolClient, workspaceId: string): Promise<string[]> {
  const { rows } = await client.query<{ place: string }>(
    `select distinct ${PLACE_SQL} as place from sensors
     where workspace_id = $1 and mercator_x is not null and address_place is distinct from ${PLACE_SQL} order by 1`,
    [workspaceId],
  );
  return rows.map(({ place }) => place);
}

/** Addresses that other sensors at the same place have already. */
export async function copyKnownAddresses(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query(
    `update sensors s set address = k.address, address_place = k.address_place, updated_at = now()
     from (select distinct on (address_place) address_place, address from sensors
       where workspace_id = $1 and address_place is not null order by address_place) k
     where s.workspace_id = $1 and s.mercator_x is not null and s.address_place is distinct from k.address_place
       and k.address_place = round(s.latitude::numeric, 4) || ',' || round(s.longitude::numeric, 4)`,
    [workspaceId],
  );
}

export async function storeAddresses(
  client: PoolClient,
  workspaceId: string,
  found: ReadonlyMap<string, string>,
): Promise<void> {
  await client.query(
    `update sensors s set address = n.address, address_place = n.place, updated_at = now()
     from unnest($2::text[], $3::text[]) as n (place, address)
     where s.workspace_id = $1 and s.mercator_x is not null
       and n.place = round(s.latitude::numeric, 4) || ',' || round(s.longitude::numeric, 4)`,
    [workspaceId, [...found.keys()], [...found.values()]],
  );
}
