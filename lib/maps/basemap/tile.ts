import { z } from "zod";
import type { Rect } from "./clip.ts";

/** The three generalisations: which tile grid each is cut into and from which map zoom it is drawn. */
export const BASEMAP_LEVELS = [
  { level: 0, tileZoom: 0, fromZoom: 0 },
  { level: 1, tileZoom: 2, fromZoom: 2.5 },
  { level: 2, tileZoom: 4, fromZoom: 5 },
] as const;

/** Coordinates are stored as whole steps of a tile's side divided by this. */
export const TILE_STEPS = 16_384;

/** One pass over up to 30,000 numbers per tile; a schema per number took longer than drawing them. */
const lines = z.custom<number[][]>(
  (value) => Array.isArray(value) && value.every((line) => Array.isArray(line) && line.every(Number.isInteger)),
  "expected lists of whole numbers",
);

/**
 * One tile as stored: flat coordinates relative to the tile, each point as the difference to the one before.
 * `labels` are x, y (in steps), text, the zoom from which the place has room for it, and its kind.
 */
export const basemapTileFile = z.object({
  version: z.literal(1),
  land: lines,
  coast: lines,
  borders: lines,
  states: lines,
  counties: lines,
  labels: z.array(z.tuple([z.int(), z.int(), z.string(), z.number(), z.enum(["country", "state", "county"])])),
});
export type BasemapTileFile = z.infer<typeof basemapTileFile>;

export interface BasemapShape {
  /** Flat x, y on the unit square of Web Mercator. */
  points: Float64Array;
  rect: Rect;
}

export type BasemapLabelKind = "country" | "state" | "county";

export interface BasemapLabel {
  x: number;
  y: number;
  text: string;
  fromZoom: number;
  kind: BasemapLabelKind;
}

export const BASEMAP_LAYERS = ["land", "coast", "borders", "states", "counties"] as const;
export type BasemapLayerName = (typeof BASEMAP_LAYERS)[number];

export type BasemapTile = Record<BasemapLayerName, BasemapShape[]> & { labels: BasemapLabel[] };

export interface TileAddress {
  level: number;
  x: number;
  y: number;
}

/** Path of a tile below the basemap folder. */
export function tilePath({ level, x, y }: TileAddress): string {
  return `${level}/${x}-${y}.json`;
}

export function tileZoomOf(level: number): number {
  return BASEMAP_LEVELS[level]?.tileZoom ?? 0;
}

/** The square of a tile on the unit square. */
export function tileRect({ level, x, y }: TileAddress): Rect {
  const side = 1 / 2 ** tileZoomOf(level);
  return { minX: x * side, minY: y * side, maxX: (x + 1) * side, maxY: (y + 1) * side };
}

/** The tile of a coarser level that covers this one. */
export function parentTile({ level, x, y }: TileAddress): TileAddress | null {
  if (level === 0) return null;
  const shift = tileZoomOf(level) - tileZoomOf(level - 1);
  return { level: level - 1, x: x >> shift, y: y >> shift };
}

/** The finest level that belongs to a map zoom. */
export function levelForZoom(zoom: number): number {
  return BASEMAP_LEVELS.findLast(({ fromZoom }) => zoom >= fromZoom)?.level ?? 0;
}

/** Tiles of a level that a rectangle of one world (0 ≤ x ≤ 1) meets. */
export function tilesIn(rect: Rect, level: number): TileAddress[] {
  const count = 2 ** tileZoomOf(level);
  const clamp = (value: number) => Math.max(0, Math.min(count - 1, Math.floor(value * count)));
  const found: TileAddress[] = [];
  if (rect.maxX < 0 || rect.minX > 1) return found;
  for (let y = clamp(rect.minY); y <= clamp(rect.maxY); y += 1) {
    for (let x = clamp(rect.minX); x <= clamp(rect.maxX); x += 1) found.push({ level, x, y });
  }
  return found;
}

/** Steps of a tile back to the unit square. */
export function decodeTile(file: BasemapTileFile, address: TileAddress): BasemapTile {
  const { minX, minY, maxX } = tileRect(address);
  const step = (maxX - minX) / TILE_STEPS;
  const shapes = (encoded: number[][]) => encoded.map((line) => decodeLine(line, { minX, minY, step }));
  return {
    land: shapes(file.land),
    coast: shapes(file.coast),
    borders: shapes(file.borders),
    states: shapes(file.states),
    counties: shapes(file.counties),
    labels: file.labels.map(([x, y, text, fromZoom, kind]) => ({
      x: minX + x * step,
      y: minY + y * step,
      text,
      fromZoom,
      kind,
    })),
  };
}

function decodeLine(
  encoded: readonly number[],
  { minX, minY, step }: { minX: number; minY: number; step: number },
): BasemapShape {
  const points = new Float64Array(encoded.length);
  const rect: Rect = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < encoded.length; i += 2) {
    x += encoded[i]!;
    y += encoded[i + 1]!;
    const worldX = minX + x * step;
    const worldY = minY + y * step;
    points[i] = worldX;
    points[i + 1] = worldY;
    if (worldX < rect.minX) rect.minX = worldX;
    if (worldX > rect.maxX) rect.maxX = worldX;
    if (worldY < rect.minY) rect.minY = worldY;
    if (worldY > rect.maxY) rect.maxY = worldY;
  }
  return { points, rect };
}

/** The unit square to steps of a tile, as differences; points that fall on the one before are dropped. */
export function encodeLine(points: ArrayLike<number>, address: TileAddress): number[] {
  const { minX, minY, maxX } = tileRect(address);
  const scale = TILE_STEPS / (maxX - minX);
  const encoded: number[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const nextX = Math.round((points[i]! - minX) * scale);
    const nextY = Math.round((points[i + 1]! - minY) * scale);
    if (i > 0 && nextX === x && nextY === y) continue;
    encoded.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return encoded;
}
