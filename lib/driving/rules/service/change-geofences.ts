import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { inFeed, type OpenFeed } from "../../ingest/feed-store.ts";
import { readGeoJson } from "../core/read-geojson.ts";
import { deleteGeofenceRow, insertGeofence, listGeofences, readGeofences, updateGeofence } from "../geofence-store.ts";
import { GEOFENCES_MAX, type Geofence, type GeofenceInput } from "../schema.ts";
import { listRulesOfFeed, updateRule } from "../store.ts";
import { putTerms } from "./change-rules.ts";

export async function createGeofence(ctx: Ctx, input: GeofenceInput): Promise<Geofence> {
  const [made] = await addGeofences(ctx, [input]);
  return made!;
}

/** Adds the areas of a GeoJSON text, all or none; a name that is taken gets a number. */
export async function importGeofences(ctx: Ctx, { text, name }: { text: string; name: string }): Promise<Geofence[]> {
  const shapes = readGeoJson(text, name);
  const taken = new Set((await listGeofences(ctx)).map((known) => known.name));
  const inputs = shapes.map((shape) => {
    let free = shape.name;
    for (let number = 2; taken.has(free); number += 1) free = `${shape.name} (${number})`;
    taken.add(free);
    return { ...shape, name: free } as GeofenceInput;
  });
  return addGeofences(ctx, inputs);
}

async function addGeofences(ctx: Ctx, inputs: readonly GeofenceInput[]): Promise<Geofence[]> {
  const ids = inputs.map(() => newId());
  await inFeed(ctx, async (open) => {
    const count = (await readGeofences(open)).size + inputs.length;
    if (count > GEOFENCES_MAX) {
      throw new AppError(
        "unprocessable",
        `A workspace has at most ${GEOFENCES_MAX} geofences; these would make ${count}.`,
      );
    }
    for (const [index, input] of inputs.entries()) {
      await insertGeofence(open, { ...input, id: ids[index]!, byLabel: ctx.actor.label });
    }
  });
  return (await listGeofences(ctx)).filter(({ id }) => ids.includes(id));
}

/** Rules that are limited to it judge by the new shape from now on. */
export async function changeGeofence(ctx: Ctx, geofenceId: string, input: GeofenceInput): Promise<Geofence> {
  await inFeed(ctx, async (open) => {
    await requireGeofence(open, geofenceId);
    await updateGeofence(open, { ...input, id: geofenceId });
    for (const rule of await listRulesOfFeed(open)) {
      if (!rule.input.geofenceIds.includes(geofenceId)) continue;
      const version = rule.version + 1;
      await updateRule(open, { id: rule.id, version, input: rule.input });
      await putTerms(open, { ruleId: rule.id, version, input: rule.input });
    }
  });
  return (await listGeofences(ctx)).find(({ id }) => id === geofenceId)!;
}

/** Refused while a rule is limited to it: without it the rule would hold everywhere. */
export async function deleteGeofence(ctx: Ctx, geofenceId: string): Promise<void> {
  await inFeed(ctx, async (open) => {
    await requireGeofence(open, geofenceId);
    const users = (await listRulesOfFeed(open)).filter(({ input }) => input.geofenceIds.includes(geofenceId));
    if (users.length > 0) {
      const names = users.map(({ input }) => input.name).join(", ");
      throw new AppError(
        "conflict",
        `It limits ${names}. Take it out of there first, or the rule would hold everywhere.`,
      );
    }
    await deleteGeofenceRow(open, geofenceId);
  });
}

async function requireGeofence(open: OpenFeed, geofenceId: string): Promise<void> {
  if ((await readGeofences(open)).has(geofenceId)) return;
  throw new AppError("not_found", "There is no such geofence in this workspace.");
}
