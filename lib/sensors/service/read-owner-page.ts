import type { Ctx } from "#lib/auth/context";
import type { Bbox } from "#lib/geo/bbox";
import type { MapItem } from "#lib/maps/spec";
import { type OpenFault, listOpenFaultsOf } from "../faults/store.ts";
import { countSensors, findSensorExtent, type SensorCounts } from "../map-store.ts";
import { listedSensor, type ListedSensor } from "../schema.ts";
import { getViewport } from "./get-viewport.ts";
import { listSensorsPage } from "./list-sensors.ts";

const PAGE_SIZE = 50;
const WORLD = "-180,-85,180,85";
/** The picture's zoom: points stay points unless there are very many. */
const PICTURE_ZOOM = 12;

export interface OwnerSensor extends ListedSensor {
  fault: OpenFault | null;
}

export interface OwnerPage {
  /** Of all the owner's sensors, whatever is searched for. */
  counts: SensorCounts;
  extent: Bbox | null;
  items: MapItem[];
  sensors: OwnerSensor[];
  nextCursor: string | null;
  /** How many match the search. */
  matching: number;
}

/** Everything about one owner's sensors; null when no sensor names that owner. `q` searches id, name and address. */
export async function readOwnerPage(
  ctx: Ctx,
  owner: string,
  { q, cursor }: { q?: string | undefined; cursor?: string | undefined },
): Promise<OwnerPage | null> {
  const filter = { owner };
  const counts = await countSensors(ctx, filter);
  if (counts.matching === 0) return null;
  const searched = { owner, ...(q ? { q } : {}) };
  const [extent, viewport, page, matching] = await Promise.all([
    findSensorExtent(ctx, filter),
    getViewport(ctx, { ...filter, bbox: WORLD, zoom: PICTURE_ZOOM }),
    listSensorsPage(ctx, { ...searched, cursor, limit: PAGE_SIZE }),
    q ? countSensors(ctx, searched).then((found) => found.matching) : counts.matching,
  ]);
  const sensors = page.items.map((item) => listedSensor.parse(item));
  const faults = await listOpenFaultsOf(
    ctx,
    sensors.map(({ id }) => id),
  );
  return {
    ...{ counts, extent, items: viewport.items, nextCursor: page.nextCursor, matching },
    sensors: sensors.map((sensor) => ({ ...sensor, fault: faults.get(sensor.id) ?? null })),
  };
}
