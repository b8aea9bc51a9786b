import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import type { OpenFeed } from "../ingest/feed-store.ts";
import { storedShape, type Geofence, type GeofenceInput } from "./schema.ts";
import { refuseTakenName } from "./store.ts";

interface GeofenceRow extends Omit<Geofence, "updatedAt" | "shape"> {
  shape: unknown;
  updatedAt: Date;
}

export function listGeofences(ctx: Ctx): Promise<Geofence[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<GeofenceRow>(
      `select g.id, g.name, g.shape, g.created_by_label as "createdBy", g.updated_at as "updatedAt",
         array(select r.name from driving_rules r where r.workspace_id = g.workspace_id
           and r.definition -> 'geofenceIds' ? g.id::text order by r.name) as "ruleNames"
       from driving_geofences g where g.workspace_id = $1 order by g.name`,
      [ctx.workspaceId],
    );
    return rows.map(({ shape, updatedAt, ...row }) => {
      return { ...row, shape: storedShape.parse(shape), updatedAt: updatedAt.toISOString() };
    });
  });
}

/** Those of a workspace by id, while nobody else changes them. */
export async function readGeofences({ client, feed }: OpenFeed): Promise<Map<string, GeofenceInput & { id: string }>> {
  const { rows } = await client.query<{ id: string; name: string; shape: unknown }>(
    "select id, name, shape from driving_geofences where workspace_id = $1",
    [feed.workspaceId],
  );
  return new Map(rows.map(({ id, name, shape }) => [id, { id, name, shape: storedShape.parse(shape) }]));
}

export async function insertGeofence(
  { client, feed, nowMs }: OpenFeed,
  { id, name, shape, byLabel }: GeofenceInput & { id: string; byLabel: string },
): Promise<void> {
  await client
    .query(
      `insert into driving_geofences (workspace_id, id, name, shape, created_by_label, created_at, updated_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($6::float8 / 1000))`,
      [feed.workspaceId, id, name, JSON.stringify(shape), byLabel, nowMs],
    )
    .catch(refuseTakenName);
}

export async function updateGeofence(
  { client, feed, nowMs }: OpenFeed,
  { id, name, shape }: GeofenceInput & { id: string },
): Promise<void> {
  await client
    .query(
      `update driving_geofences set name = $3, shape = $4, updated_at = to_timestamp($5::float8 / 1000)
       where workspace_id = $1 and id = $2`,
      [feed.workspaceId, id, name, JSON.stringify(shape), nowMs],
    )
    .catch(refuseTakenName);
}

export async function deleteGeofenceRow({ client, feed }: OpenFeed, id: string): Promise<void> {
  await client.query("delete from driving_geofences where workspace_id = $1 and id = $2", [feed.workspaceId, id]);
}
