import { describe, expect, it } from "vitest";
import { cutTiles } from "./cut-tiles.ts";
import { basemapTileFile, decodeTile, levelForZoom, parentTile, tilePath, tileRect, tilesIn } from "./tile.ts";

const none = { land: [], coast: [], borders: [], states: [], counties: [], labels: [] };

describe("basemap tiles", () => {
  it("come back within a step of where they were cut", () => {
    const land = [[0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9]];
    const [first] = cutTiles({ ...none, land }, 0);
    expect(first).toBeDefined();
    if (!first) return;
    const decoded = decodeTile(basemapTileFile.parse(first[1]), first[0]);
    expect(
      Array.from(decoded.land[0]?.points ?? []).every((v, i) => Math.abs(v - (land[0]?.[i] ?? 9)) < 1 / 16_384),
    ).toBe(true);
  });

  it("exist for every address, cover the world once and carry each label once", () => {
    const label = { x: 0.6, y: 0.3, text: "Somewhere", fromZoom: 3, kind: "country" as const };
    const tiles = [...cutTiles({ ...none, labels: [label] }, 1)];
    expect(tiles).toHaveLength(16);
    expect(new Set(tiles.map(([address]) => tilePath(address))).size).toBe(16);
    expect(tiles.flatMap(([, tile]) => tile.labels)).toHaveLength(1);
  });

  it("overlap in their fills but not in their lines", () => {
    const coast = [[0, 0.3, 1, 0.3]];
    const land = [[0, 0, 1, 0, 1, 1, 0, 1]];
    const tile = [...cutTiles({ ...none, coast, land }, 1)].find(([address]) => address.x === 1 && address.y === 1);
    expect(tile).toBeDefined();
    if (!tile) return;
    const decoded = decodeTile(tile[1], tile[0]);
    const { minX, maxX } = tileRect(tile[0]);
    expect(decoded.land[0]?.rect.minX).toBeLessThan(minX);
    expect(decoded.coast[0]?.rect).toMatchObject({ minX, maxX });
  });

  it("are found for a view, with the ancestors that stand in for them", () => {
    expect(tilesIn({ minX: 0.2, minY: 0.2, maxX: 0.3, maxY: 0.24 }, 1).map(tilePath)).toEqual([
      "1/0-0.json",
      "1/1-0.json",
    ]);
    expect(tilesIn({ minX: 1.2, minY: 0, maxX: 1.4, maxY: 1 }, 1)).toEqual([]);
    expect(parentTile({ level: 2, x: 13, y: 6 })).toEqual({ level: 1, x: 3, y: 1 });
    expect(parentTile({ level: 0, x: 0, y: 0 })).toBeNull();
    expect([0, 2.4, 3, 5, 18].map(levelForZoom)).toEqual([0, 0, 1, 2, 2]);
  });
});
