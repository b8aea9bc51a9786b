import { clipLine, clipRing, growRect, rectOf, rectsMeet } from "./clip.ts";
import {
  BASEMAP_LEVELS,
  type BasemapLabel,
  type BasemapTileFile,
  encodeLine,
  TILE_STEPS,
  type TileAddress,
  tileRect,
} from "./tile.ts";

/** One generalisation of the world on the unit square of Web Mercator, flat coordinates. */
export interface BasemapGeometry {
  land: number[][];
  coast: number[][];
  borders: number[][];
  states: number[][];
  counties: number[][];
  labels: BasemapLabel[];
}

/** Neighbouring tiles overlap by this share of their side, so that no seam shows between their fills. */
const OVERLAP = 1 / 256;

/** Cuts one generalisation into all tiles of its level, empty ones included: every address answers. */
export function* cutTiles(geometry: BasemapGeometry, level: number): Generator<[TileAddress, BasemapTileFile]> {
  const tileZoom = BASEMAP_LEVELS[level]?.tileZoom ?? 0;
  const withRects = {
    land: geometry.land.map(withRect),
    coast: geometry.coast.map(withRect),
    borders: geometry.borders.map(withRect),
    states: geometry.states.map(withRect),
    counties: geometry.counties.map(withRect),
  };
  for (let y = 0; y < 2 ** tileZoom; y += 1) {
    for (let x = 0; x < 2 ** tileZoom; x += 1) {
      const address = { level, x, y };
      const lines = (shapes: Shape[]) => cutLines(shapes, address);
      yield [
        address,
        {
          version: 1,
          land: cutRings(withRects.land, address),
          coast: lines(withRects.coast),
          borders: lines(withRects.borders),
          states: lines(withRects.states),
          counties: lines(withRects.counties),
          labels: cutLabels(geometry.labels, address),
        },
      ];
    }
  }
}

interface Shape {
  points: number[];
  rect: ReturnType<typeof rectOf>;
}

function withRect(points: number[]): Shape {
  return { points, rect: rectOf(points) };
}

function cutRings(shapes: Shape[], address: TileAddress): number[][] {
  const rect = tileRect(address);
  const grown = growRect(rect, (rect.maxX - rect.minX) * OVERLAP);
  return shapes
    .filter((shape) => rectsMeet(shape.rect, grown))
    .map((shape) => encodeLine(clipRing(shape.points, grown), address))
    .filter((ring) => ring.length >= 6);
}

function cutLines(shapes: Shape[], address: TileAddress): number[][] {
  const rect = tileRect(address);
  return shapes
    .filter((shape) => rectsMeet(shape.rect, rect))
    .flatMap((shape) => clipLine(shape.points, rect))
    .map((line) => encodeLine(line, address))
    .filter((line) => line.length >= 4);
}

function cutLabels(labels: BasemapLabel[], address: TileAddress): BasemapTileFile["labels"] {
  const { minX, minY, maxX, maxY } = tileRect(address);
  const scale = TILE_STEPS / (maxX - minX);
  return labels
    .filter(({ x, y }) => x >= minX && x < maxX && y >= minY && y < maxY)
    .map(({ x, y, text, fromZoom, kind }) => [
      Math.round((x - minX) * scale),
      Math.round((y - minY) * scale),
      text,
      fromZoom,
      kind,
    ]);
}
