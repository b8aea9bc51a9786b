"use client";

import { useMemo } from "react";
import { MapBoundary } from "#components/maps/map-boundary";
import type { MapPreview } from "#lib/datasets/archive/schema";
import { countOf } from "#lib/format/lists";
import type { MapItem, MapTiles, MapTrack } from "#lib/maps/spec";

/** The shapes of a GeoJSON file: points, lines, edges of areas. */
export function EntryMap({ map, path, tiles }: { map: MapPreview; path: string; tiles: MapTiles | null }) {
  const { points, lines, bbox, featureCount, isCut } = map;
  const items = useMemo(
    () =>
      points.map(({ lat, lon, label }, index): MapItem => ({
        ...{ kind: "point", id: String(index), lat, lon, label },
        ...{ state: "good", stateWord: "Point" },
      })),
    [points],
  );
  const tracks = useMemo(
    () => lines.map((positions, index): MapTrack => ({ id: String(index), state: "good", positions })),
    [lines],
  );
  if (bbox === null) {
    return (
      <p className="text-sm text-muted">
        {featureCount === 0
          ? "There is no feature in it."
          : "None of its features has a place in degrees. GeoJSON is in WGS 84, longitude before latitude."}
      </p>
    );
  }
  return (
    <>
      <div className="relative h-[360px] overflow-hidden rounded-md border border-line">
        <MapBoundary
          label={`Shapes of ${path}`}
          items={items}
          tracks={tracks}
          initialView={{ bbox }}
          extent={bbox}
          tiles={tiles}
          noun="points"
        />
      </div>
      <p className="mt-1.5 text-xs text-muted">
        {countOf(featureCount, "feature")}
        {isCut ? ", the first of them drawn. The download has all." : ""}
      </p>
    </>
  );
}
