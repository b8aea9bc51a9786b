import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { parseBbox } from "#lib/geo/bbox";
import { alignViewport, CLUSTER_CELL_PX, clusterViewport, itemsOf, POINTS_MAX } from "#lib/maps/cluster";
import type { MapItem, ValueDomain } from "#lib/maps/spec";
import { findUnit } from "#lib/units/convert";
import { countSensorCells, countSensors, findValueSpread, listSensorsInside } from "../map-store.ts";
import { CAUSE_DOMAIN, FAULT_CAUSE } from "../core/fault-causes.ts";
import type { viewportAnswer, viewportQuery } from "../schema.ts";
import { countsOf, findMapIndex, loadValues, type MapQuery, type Snapshot, viewportOf } from "./map-index.ts";
import { propertyLabel } from "./present.ts";

/** What the map shows of a box: sensors themselves while they are few, else counted cells. Never everything. */
export async function getViewport(
  ctx: Ctx,
  query: z.output<typeof viewportQuery>,
): Promise<z.input<typeof viewportAnswer>> {
  const { bbox: text, zoom, colour, ...filter } = query;
  const { bbox } = alignViewport({ bbox: parseBbox(text), zoom });
  const request: MapQuery = { bbox, zoom, filter, colour };
  const index = await findMapIndex(ctx);
  const valueDomain = colour === undefined ? null : await domainFor(ctx, index, colour);
  if (!index) return { ...(await readViewport(ctx, request)), valueDomain };
  await loadValues(ctx, index, request);
  return { ...countsOf(ctx, index, filter), items: viewportOf(ctx, index, request), valueDomain };
}

async function domainFor(ctx: Ctx, index: Snapshot | null, colour: string): Promise<ValueDomain | null> {
  if (colour === FAULT_CAUSE) return CAUSE_DOMAIN;
  const known = index?.domains.get(colour);
  if (known !== undefined) return known;
  const domain = await findValueDomain(ctx, colour);
  index?.domains.set(colour, domain);
  return domain;
}

/** The same from the database alone. */
async function readViewport(ctx: Ctx, request: MapQuery) {
  const { bbox, zoom, filter, colour } = request;
  const [counts, few] = await Promise.all([
    countSensors(ctx, filter),
    listSensorsInside(ctx, { bbox, filter, limit: POINTS_MAX + 1, colour }),
  ]);
  if (few.length <= POINTS_MAX) return { ...counts, items: clusterViewport(few, { bbox, zoom }) };
  const cells = await countSensorCells(ctx, { bbox, filter, zoom, cellPx: CLUSTER_CELL_PX, colour });
  const items: MapItem[] = itemsOf(cells, { zoom });
  return { ...counts, items };
}

const CLASSES = 7;
const STEPS = [1, 2, 2.5, 5, 10];

/** Seven classes with round limits around the middle 90 % of the latest values. */
export async function findValueDomain(ctx: Ctx, property: string): Promise<ValueDomain | null> {
  const spread = await findValueSpread(ctx, property);
  if (!spread) return null;
  const width = Math.max(spread.high - spread.low, Math.abs(spread.high) * 1e-3, 1e-6);
  const scale = 10 ** Math.floor(Math.log10(width / CLASSES));
  const fits = STEPS.map((factor) => factor * scale).find(
    (size) => roundDown(spread.low, size) + size * CLASSES >= spread.high,
  );
  const step = fits ?? 20 * scale;
  const min = roundDown(spread.low, step);
  return {
    min,
    max: round(min + step * CLASSES),
    unit: findUnit(spread.unit)?.label ?? spread.unit,
    label: propertyLabel(property),
  };
}

function roundDown(value: number, step: number): number {
  return round(Math.floor(value / step) * step);
}

/** Without binary dust. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
