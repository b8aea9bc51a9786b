import { type Bbox, bboxContains, bboxWidth, normaliseBbox } from "#lib/geo/bbox";
import { latitudeOf, longitudeOf, mercatorX, mercatorY, worldSizePx } from "#lib/geo/mercator";
import { type CellCount, cellPosition, countByCell, type GridPoint } from "./grid.ts";
import { mergeOverlapping, POINT_SPACING_PX } from "./overlap.ts";
import { MAP_STATES, type MapCluster, type MapItem, type MapPoint } from "./spec.ts";

/** Up to here a viewport shows its points themselves; above, cells are counted. */
export const POINTS_MAX = 2000;
/** Cell side when cells are counted: a 1440 × 900 view has about 220 of them. */
export const CLUSTER_CELL_PX = 80;
/** Two points at least this far apart are legible without a ring around them; a "2" would be louder than they are. */
const PAIR_SPACING_PX = 7;

export interface ViewportQuery {
  bbox: Bbox;
  zoom: number;
}

export interface ClusterSource extends GridPoint {
  label?: string;
  detail?: string;
}

/**
 * What a viewport shows: plain points while there are at most `POINTS_MAX`, except that three or more closer than
 * 14 px become one cluster, two only when they lie on one another; beyond that, one item per 80 px cell.
 * Marks that would touch are joined.
 */
export function clusterViewport(points: Iterable<ClusterSource>, query: ViewportQuery): MapItem[] {
  const visible: ClusterSource[] = [];
  for (const point of points) if (bboxContains(query.bbox, point)) visible.push(point);
  const cells = countByCell(visible, { zoom: query.zoom, cellPx: cellPxFor(visible.length) });
  return itemsOf(cells, { zoom: query.zoom, points: new Map(visible.map((point) => [point.id, point])) });
}

/** The cell side to group by, from the number of points in the viewport (counting to `POINTS_MAX` + 1 suffices). */
export function cellPxFor(visibleCount: number): number {
  return visibleCount <= POINTS_MAX ? POINT_SPACING_PX : CLUSTER_CELL_PX;
}

export interface ItemsOptions {
  zoom: number;
  /** Details of single points by id; a cell of one without an entry gets what the cell itself knows. */
  points?: ReadonlyMap<string, ClusterSource>;
}

/** Turns counted cells, from `countByCell` or from the same grouping in a database, into what the map draws. */
export function itemsOf(cells: readonly CellCount[], { zoom, points }: ItemsOptions): MapItem[] {
  return mergeOverlapping(cells, zoom).flatMap((cell): MapItem[] => {
    if (cell.count === 1) return [pointOf(cell, points?.get(cell.id))];
    return legiblePair(cell, { zoom, ...(points ? { points } : {}) }) ?? [clusterOf(cell, zoom)];
  });
}

function legiblePair(cell: CellCount, { zoom, points }: ItemsOptions): MapPoint[] | null {
  const spanPx = Math.hypot(cell.maxX - cell.minX, cell.maxY - cell.minY) * worldSizePx(zoom);
  const first = points?.get(cell.id);
  const second = points?.get(cell.idMax);
  if (cell.count !== 2 || spanPx < PAIR_SPACING_PX || !first || !second) return null;
  return [pointFrom(first), pointFrom(second)];
}

function pointFrom({ id, lat, lon, state, value = null, label, detail }: ClusterSource): MapPoint {
  const words = { ...(label === undefined ? {} : { label }), ...(detail === undefined ? {} : { detail }) };
  return { kind: "point", id, lat, lon, state, value, ...words };
}

function pointOf(cell: CellCount, source: ClusterSource | undefined): MapPoint {
  if (source) return pointFrom(source);
  const state = MAP_STATES.find((candidate) => cell.byState[candidate]) ?? "good";
  return pointFrom({ id: cell.id, ...cellPosition(cell), state, value: cell.valueCount > 0 ? cell.valueSum : null });
}

/** The id is that of the heaviest cell in it, so a cluster keeps its identity while the map is panned. */
function clusterOf(cell: CellCount, zoom: number): MapCluster {
  return {
    kind: "cluster",
    id: `c${Math.floor(zoom)}-${cell.cellX}-${cell.cellY}`,
    ...cellPosition(cell),
    count: cell.count,
    byState: cell.byState,
    bbox: {
      west: longitudeOf(cell.minX),
      south: latitudeOf(cell.maxY),
      east: longitudeOf(cell.maxX),
      north: latitudeOf(cell.minY),
    },
    value: cell.valueCount > 0 && !cell.byKind ? cell.valueSum / cell.valueCount : null,
    ...(cell.byKind ? { byKind: cell.byKind } : {}),
  };
}

const ALIGN_PX = 256;

/**
 * The box grown to whole 256 px blocks, one block of margin around. Small pans ask for the same box, so answers
 * can be kept, and joining at the border of the query happens off screen.
 */
export function alignViewport({ bbox, zoom }: ViewportQuery): ViewportQuery {
  const gridZoom = Math.floor(zoom);
  const block = ALIGN_PX / worldSizePx(gridZoom);
  const west = Math.floor(mercatorX(bbox.west) / block) - 1;
  const east = Math.ceil(mercatorX(bbox.west + bboxWidth(bbox)) / block) + 1;
  const north = Math.max(0, Math.floor(mercatorY(bbox.north) / block) - 1);
  const south = Math.min(1 / block, Math.ceil(mercatorY(bbox.south) / block) + 1);
  const aligned = {
    west: longitudeOf(west * block),
    east: longitudeOf(east * block),
    north: north === 0 ? 90 : latitudeOf(north * block),
    south: south * block >= 1 ? -90 : latitudeOf(south * block),
  };
  return { bbox: normaliseBbox(aligned), zoom };
}
