import { EARTH_RADIUS_M } from "./distance.ts";
import type { Position } from "./position.ts";

const RADIANS = Math.PI / 180;

/**
 * Positions of a sphere laid into cells, for questions about everything within a radius of each of them. Cells hold
 * consecutive slots, so that a reader of a cell walks through memory in order.
 */
export interface CapIndex {
  radiusM: number;
  /** Item behind each slot. */
  items: Uint32Array;
  /** Place of each slot, metres from the Earth's centre. */
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  /** First slot of each cell, and one more. */
  cellStart: Uint32Array;
  /** Middle of a cell and how far its farthest item is from it, metres. */
  centres: Float64Array;
  reachM: Float64Array;
  bands: readonly Band[];
  /** The stretch of longitude that is laid into cells, radians. */
  meridians: Meridians;
}

interface Meridians {
  west: number;
  /** Round the Earth: 2π. */
  span: number;
}

interface Band {
  /** Radians. */
  south: number;
  north: number;
  /** Cells along the parallel, eastwards; ids start at `firstCell`. */
  cellCount: number;
  firstCell: number;
}

/** Cells per radius: finer cells are more often wholly inside a circle, but there are more of them. */
const CELLS_PER_RADIUS = 5;
const CELLS_MAX = 4_000_000;

/**
 * Builds the index for one radius. O(n log n). Positions must be valid. Within a cell items stand in ascending order of
 * `rank`, else as they were given.
 */
export function buildCapIndex(
  positions: readonly Position[],
  radiusM: number,
  rank?: (item: number) => number,
): CapIndex {
  const meridians = spanLongitude(positions);
  const height = Math.max(radiusM / CELLS_PER_RADIUS / EARTH_RADIUS_M, bandHeightMin(positions, meridians));
  const bands = layBands(positions, height, meridians);
  const first = positions.length > 0 ? bands[0]!.south : 0;
  const cellOf = Uint32Array.from(positions, ({ lat, lon }) => {
    const at = Math.min(bands.length - 1, Math.max(0, Math.floor((lat * RADIANS - first) / height)));
    const band = bands[at]!;
    const column = Math.floor(((lon * RADIANS - meridians.west) / meridians.span) * band.cellCount);
    return band.firstCell + Math.min(band.cellCount - 1, Math.max(0, column));
  });
  const cellCount = bands.reduce((sum, band) => sum + band.cellCount, 0);
  const cellStart = new Uint32Array(cellCount + 1);
  for (const cell of cellOf) cellStart[cell + 1]! += 1;
  for (let cell = 0; cell < cellCount; cell++) cellStart[cell + 1]! += cellStart[cell]!;
  const next = cellStart.slice();
  const items = new Uint32Array(positions.length);
  cellOf.forEach((cell, item) => (items[next[cell]!++] = item));
  if (rank) {
    for (let cell = 0; cell < cellCount; cell++) {
      if (cellStart[cell + 1]! - cellStart[cell]! < 2) continue;
      items.subarray(cellStart[cell], cellStart[cell + 1]).sort((a, b) => rank(a) - rank(b) || a - b);
    }
  }
  const index = { radiusM, items, cellStart, bands, meridians, ...placeSlots(positions, items) };
  return { ...index, ...measureCells(index) };
}

/** Where a whole globe of fine cells would not fit into memory, cells are larger. */
function bandHeightMin(positions: readonly Position[], meridians: Meridians): number {
  const span = latitudeSpan(positions);
  return Math.sqrt(((span.north - span.south + 1e-9) * meridians.span) / CELLS_MAX);
}

/** A network on both sides of the date line, or all around, gets cells all around. */
function spanLongitude(positions: readonly Position[]): Meridians {
  let [west, east] = [Infinity, -Infinity];
  for (const { lon } of positions) {
    west = Math.min(west, lon * RADIANS);
    east = Math.max(east, lon * RADIANS);
  }
  return east - west < Math.PI ? { west, span: Math.max(east - west, 1e-9) } : { west: -Math.PI, span: 2 * Math.PI };
}

function latitudeSpan(positions: readonly Position[]): { south: number; north: number } {
  let [south, north] = [Infinity, -Infinity];
  for (const { lat } of positions) {
    south = Math.min(south, lat * RADIANS);
    north = Math.max(north, lat * RADIANS);
  }
  return positions.length > 0 ? { south, north } : { south: 0, north: 0 };
}

function layBands(positions: readonly Position[], height: number, meridians: Meridians): Band[] {
  const { south, north } = latitudeSpan(positions);
  const count = Math.floor((north - south) / height) + 1;
  let firstCell = 0;
  return Array.from({ length: count }, (_, i) => {
    const from = south + i * height;
    const widest = Math.cos(Math.min(Math.abs(from), Math.abs(from + height)));
    const cellCount = Math.max(1, Math.floor((meridians.span * Math.max(0, widest)) / height));
    const band = { south: from, north: from + height, cellCount, firstCell };
    firstCell += cellCount;
    return band;
  });
}

function placeSlots(positions: readonly Position[], items: Uint32Array) {
  const [x, y, z] = [0, 1, 2].map(() => new Float64Array(items.length)) as [Float64Array, Float64Array, Float64Array];
  items.forEach((item, slot) => {
    const { lat, lon } = positions[item]!;
    x[slot] = EARTH_RADIUS_M * Math.cos(lat * RADIANS) * Math.cos(lon * RADIANS);
    y[slot] = EARTH_RADIUS_M * Math.cos(lat * RADIANS) * Math.sin(lon * RADIANS);
    z[slot] = EARTH_RADIUS_M * Math.sin(lat * RADIANS);
  });
  return { x, y, z };
}

function measureCells({ x, y, z, cellStart }: Pick<CapIndex, "x" | "y" | "z" | "cellStart">) {
  const count = cellStart.length - 1;
  const centres = new Float64Array(3 * count);
  const reachM = new Float64Array(count);
  for (let cell = 0; cell < count; cell++) {
    const [from, to] = [cellStart[cell]!, cellStart[cell + 1]!];
    if (from === to) continue;
    let [cx, cy, cz] = [0, 0, 0];
    for (let slot = from; slot < to; slot++) {
      cx += x[slot]! / (to - from);
      cy += y[slot]! / (to - from);
      cz += z[slot]! / (to - from);
    }
    centres.set([cx, cy, cz], 3 * cell);
    for (let slot = from; slot < to; slot++) {
      reachM[cell] = Math.max(reachM[cell]!, Math.hypot(x[slot]! - cx, y[slot]! - cy, z[slot]! - cz));
    }
  }
  return { centres, reachM };
}

/** Cells around a place: those wholly within the radius, and those that may reach into it. Lists are used again. */
export interface CapCells {
  inside: number[];
  insideCount: number;
  partly: number[];
  partlyCount: number;
}

export function emptyCapCells(): CapCells {
  return { inside: [], insideCount: 0, partly: [], partlyCount: 0 };
}

/** A ball of the listed places: `reachM` from its middle to the farthest of them. */
export interface CapBall {
  x: number;
  y: number;
  z: number;
  reachM: number;
}

/**
 * Lists the cells that are not empty and reach into the circle of any place of the ball; `inside` are those that lie in
 * the circles of all its places. Distances are chords, which at 10 km are a millimetre shorter than arcs.
 */
export function listCapCells(index: CapIndex, ball: CapBall, into: CapCells): void {
  into.insideCount = 0;
  into.partlyCount = 0;
  const { radiusM, bands, meridians } = index;
  // The middle of several places lies below the surface: the search begins above it.
  const depthM = Math.max(0, EARTH_RADIUS_M - Math.hypot(ball.x, ball.y, ball.z));
  const farthestM = radiusM + ball.reachM + depthM;
  const phi = Math.atan2(ball.z, Math.hypot(ball.x, ball.y));
  const alpha = 2 * Math.asin(Math.min(1, farthestM / (2 * EARTH_RADIUS_M))) * (1 + 1e-9);
  const isPolar = Math.abs(phi) + alpha >= Math.PI / 2;
  const halfLon = isPolar ? Math.PI : Math.asin(Math.sin(alpha) / Math.cos(phi));
  const lambda = Math.atan2(ball.y, ball.x);
  const south = bands[0]!.south;
  const height = bands[0]!.north - south;
  const fromBand = Math.max(0, Math.floor((phi - alpha - south) / height));
  const toBand = Math.min(bands.length - 1, Math.floor((phi + alpha - south) / height));
  for (let b = fromBand; b <= toBand; b++) {
    const { cellCount, firstCell } = bands[b]!;
    const scale = cellCount / meridians.span;
    let west = Math.floor((lambda - halfLon - meridians.west) * scale);
    let east = Math.floor((lambda + halfLon - meridians.west) * scale);
    if (isPolar || east - west + 1 >= cellCount) [west, east] = [0, cellCount - 1];
    // Beside a network that does not go round there is nothing.
    else if (meridians.span < Math.PI) [west, east] = [Math.max(0, west), Math.min(cellCount - 1, east)];
    for (let column = west; column <= east; column++) {
      const cell = firstCell + ((column + cellCount) % cellCount);
      if (index.cellStart[cell] === index.cellStart[cell + 1]) continue;
      const dx = index.centres[3 * cell]! - ball.x;
      const dy = index.centres[3 * cell + 1]! - ball.y;
      const dz = index.centres[3 * cell + 2]! - ball.z;
      const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
      const reach = index.reachM[cell]! + ball.reachM;
      if (distance + reach <= radiusM) into.inside[into.insideCount++] = cell;
      else if (distance - reach <= radiusM) into.partly[into.partlyCount++] = cell;
    }
  }
}
