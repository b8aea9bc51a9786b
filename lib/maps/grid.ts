import { latitudeOf, longitudeOf, mercatorX, mercatorY, worldSizePx } from "#lib/geo/mercator";
import { isValidPosition, type Position } from "#lib/geo/position";
import { type KindCounts, MAP_STATES, type MapState, type StateCounts } from "./spec.ts";

/**
 * Clustering by Mercator cell, so that a database can do the same with `group by`. With `x` and `y` the
 * position on the unit square (lib/geo/mercator) and `s` = `cellSize(zoom, cellPx)`:
 *
 *   x = (lon + 180) / 360
 *   y = 0.5 - ln((1 + sin(radians(lat))) / (1 - sin(radians(lat)))) / (4 * pi())     -- lat cut at ±85.0511287798066
 *   select floor(x / s) cell_x, floor(y / s) cell_y, count(*), sum(x), sum(y), min(x), max(x), min(y), max(y),
 *          count(*) filter (where state = 'good') …, sum(value), count(value), min(id), max(id)
 *   group by 1, 2
 *
 * A row of that query is a `CellCount`. Generated columns for x and y make it one scan without trigonometry.
 */
export interface CellCount {
  cellX: number;
  cellY: number;
  count: number;
  sumX: number;
  sumY: number;
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
  byState: StateCounts;
  valueSum: number;
  valueCount: number;
  /** Members by kind, when values are kinds; those of none are in no count. */
  byKind?: KindCounts;
  /** Smallest and largest id of the members: the point itself when `count` is 1, both points when it is 2. */
  id: string;
  idMax: string;
}

export interface GridPoint extends Position {
  id: string;
  state: MapState;
  value?: number | null;
  /** The value, when values are kinds: their mean says nothing. */
  kind?: number | null;
}

export interface GridOptions {
  zoom: number;
  cellPx: number;
}

/** Side of a cell on the unit square. Fractional zooms are cut down so that cells stay put while zooming softly. */
export function cellSize({ zoom, cellPx }: GridOptions): number {
  return cellPx / worldSizePx(Math.floor(zoom));
}

/** Groups points into cells, exactly like the query above. Points without a valid position are left out. */
export function countByCell(points: Iterable<GridPoint>, options: GridOptions): CellCount[] {
  const size = cellSize(options);
  const columns = Math.ceil(1 / size) + 1;
  const cells = new Map<number, CellCount>();
  for (const point of points) {
    if (!isValidPosition(point)) continue;
    const x = mercatorX(point.lon);
    const y = mercatorY(point.lat);
    const cellX = Math.floor(x / size);
    const cellY = Math.floor(y / size);
    const key = cellY * columns + cellX;
    const cell = cells.get(key);
    if (cell) add(cell, point, { x, y });
    else cells.set(key, firstOf(point, { x, y, cellX, cellY }));
  }
  return [...cells.values()];
}

function firstOf(point: GridPoint, at: { x: number; y: number; cellX: number; cellY: number }): CellCount {
  const { x, y, cellX, cellY } = at;
  const value = point.value ?? null;
  return {
    cellX,
    cellY,
    count: 1,
    sumX: x,
    sumY: y,
    minX: x,
    maxX: x,
    minY: y,
    maxY: y,
    byState: { [point.state]: 1 },
    valueSum: value ?? 0,
    valueCount: value === null ? 0 : 1,
    ...(point.kind == null ? {} : { byKind: { [point.kind]: 1 } }),
    id: point.id,
    idMax: point.id,
  };
}

function add(cell: CellCount, point: GridPoint, { x, y }: { x: number; y: number }): void {
  cell.count += 1;
  cell.sumX += x;
  cell.sumY += y;
  if (x < cell.minX) cell.minX = x;
  if (x > cell.maxX) cell.maxX = x;
  if (y < cell.minY) cell.minY = y;
  if (y > cell.maxY) cell.maxY = y;
  cell.byState[point.state] = (cell.byState[point.state] ?? 0) + 1;
  if (typeof point.value === "number") {
    cell.valueSum += point.value;
    cell.valueCount += 1;
  }
  if (point.kind != null) countKind(cell, point.kind);
  if (point.id < cell.id) cell.id = point.id;
  if (point.id > cell.idMax) cell.idMax = point.id;
}

/** Counts one more member of a kind. */
export function countKind(cell: CellCount, kind: number): void {
  const counts = (cell.byKind ??= {});
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function addKinds(a: KindCounts = {}, b: KindCounts = {}): KindCounts {
  const sums = { ...a };
  for (const [kind, count] of Object.entries(b)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

/** The cell with the members of both; it keeps the place in the grid of the first. */
export function mergeCells(a: CellCount, b: CellCount): CellCount {
  const byState: StateCounts = { ...a.byState };
  for (const state of MAP_STATES) {
    const sum = (a.byState[state] ?? 0) + (b.byState[state] ?? 0);
    if (sum > 0) byState[state] = sum;
  }
  return {
    cellX: a.cellX,
    cellY: a.cellY,
    count: a.count + b.count,
    sumX: a.sumX + b.sumX,
    sumY: a.sumY + b.sumY,
    minX: Math.min(a.minX, b.minX),
    maxX: Math.max(a.maxX, b.maxX),
    minY: Math.min(a.minY, b.minY),
    maxY: Math.max(a.maxY, b.maxY),
    byState,
    valueSum: a.valueSum + b.valueSum,
    valueCount: a.valueCount + b.valueCount,
    ...(a.byKind || b.byKind ? { byKind: addKinds(a.byKind, b.byKind) } : {}),
    id: a.id < b.id ? a.id : b.id,
    idMax: a.idMax > b.idMax ? a.idMax : b.idMax,
  };
}

/** Where the cell is drawn: the mean of its members, in degrees. */
export function cellPosition(cell: CellCount): Position {
  return { lat: latitudeOf(cell.sumY / cell.count), lon: longitudeOf(cell.sumX / cell.count) };
}
