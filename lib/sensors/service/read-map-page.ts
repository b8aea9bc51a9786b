import type { Ctx } from "#lib/auth/context";
import { type Bbox } from "#lib/geo/bbox";
import type { Position } from "#lib/geo/position";
import { configuredTiles } from "#lib/maps/configured-tiles";
import type { MapTiles } from "#lib/maps/spec";
import { findWorkspace } from "#lib/workspaces/store";
import { countSensors, findSensorExtent, type SensorCounts } from "../map-store.ts";
import type { SensorFilter } from "../schema.ts";
import { findSensor, listProperties } from "../store.ts";
import { byInterest, withLabel } from "./present.ts";

export interface MapPage {
  extent: Bbox | null;
  selectedAt: Position | null;
  properties: { id: string; label: string }[];
  counts: SensorCounts;
  timeZone: string;
  tiles: MapTiles | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the map and list pages need besides the sensors themselves. */
export async function readMapPage(
  ctx: Ctx,
  { filter, selectedId }: { filter: SensorFilter; selectedId: string | null },
): Promise<MapPage> {
  const [extent, selected, properties, counts, { timeZone }] = await Promise.all([
    findSensorExtent(ctx, filter),
    selectedId !== null && UUID.test(selectedId) ? findSensor(ctx, selectedId) : null,
    listProperties(ctx),
    countSensors(ctx, filter),
    findWorkspace(ctx),
  ]);
  return {
    extent,
    selectedAt:
      selected?.latitude != null && selected.longitude !== null
        ? { lat: selected.latitude, lon: selected.longitude }
        : null,
    properties: properties
      .map(withLabel)
      .sort(byInterest)
      .map(({ observedProperty, label }) => ({ id: observedProperty, label })),
    counts,
    timeZone,
    tiles: configuredTiles(),
  };
}
