import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { parseBbox } from "#lib/geo/bbox";
import { alignViewport, CLUSTER_CELL_PX, clusterViewport, itemsOf, POINTS_MAX } from "#lib/maps/cluster";
import { countSensorCells, countSensors, listSensorsInside } from "../map-store.ts";
import type { viewportAnswer, viewportQuery } from "../schema.ts";

/** What the map shows of a box: sensors themselves while they are few, else counted cells. Never everything. */
export async function getViewport(
  ctx: Ctx,
  query: z.output<typeof viewportQuery>,
): Promise<z.input<typeof viewportAnswer>> {
  const { bbox: text, zoom, ...filter } = query;
  const { bbox } = alignViewport({ bbox: parseBbox(text), zoom });
  const [counts, few] = await Promise.all([
    countSensors(ctx, filter),
    listSensorsInside(ctx, { bbox, filter, limit: POINTS_MAX + 1, property: filter.property }),
  ]);
  if (few.length <= POINTS_MAX) return { ...counts, items: clusterViewport(few, { bbox, zoom }) };
  const cells = await countSensorCells(ctx, { bbox, filter, zoom, cellPx: CLUSTER_CELL_PX });
  return { ...counts, items: itemsOf(cells, { zoom }) };
}
