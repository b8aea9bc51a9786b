"use client";

import { useMemo, useState } from "react";
import { MapBoundary } from "#components/maps/map-boundary";
import { bboxOf, type Bbox } from "#lib/geo/bbox";
import type { Position } from "#lib/geo/position";
import {
  fleetItems,
  fleetTracks,
  toMapPoint,
  type JudgedVehicle,
  type StateTally,
} from "#lib/driving/board/core/fleet-items";
import { countOf } from "#lib/format/lists";
import { openingView } from "#lib/maps/opening-view";
import type { MapTiles } from "#lib/maps/spec";
import { FleetLegend } from "./fleet-legend.tsx";

interface FleetMapProps {
  judged: readonly JudgedVehicle[];
  tally: StateTally;
  selected: string | null;
  focus: Position | null;
  tiles: MapTiles | null;
  isStale: boolean;
  onSelect: (driver: string) => void;
}

/** The fleet on the map; the first vehicles decide where it opens. */
export function FleetMap(props: FleetMapProps) {
  const { judged, tally, selected, focus, tiles, isStale, onSelect } = props;
  const [view, setView] = useState<{ bbox: Bbox; zoom: number } | null>(null);
  const items = useMemo(() => fleetItems(judged, view), [judged, view]);
  const tracks = useMemo(() => fleetTracks(judged, selected), [judged, selected]);
  const chosen = judged.find(({ vehicle }) => vehicle.driver === selected);
  const extent = useMemo(
    () => bboxOf(judged.map(({ vehicle: { latitude: lat, longitude: lon } }) => ({ lat, lon }))),
    [judged],
  );
  return (
    <div
      className={`relative min-h-0 flex-1 max-[860px]:h-[300px] max-[860px]:flex-none ${isStale ? "opacity-60 grayscale-[.4]" : ""}`}
    >
      <MapBoundary
        key={extent === null ? "empty" : "fleet"}
        label={`Map of ${countOf(judged.length, "vehicle")}, ${tally["over-limit"]} over the limit. The list of drivers has the same.`}
        noun="vehicles"
        items={items}
        tracks={tracks}
        initialView={openingView(extent)}
        extent={extent}
        onViewportChange={setView}
        selected={chosen ? toMapPoint(chosen) : null}
        focus={focus}
        onSelect={({ id }) => onSelect(id)}
        tiles={tiles}
      >
        <div className="absolute top-2.5 left-2.5 z-20 max-w-[calc(100%-72px)] md:top-4 md:left-4">
          <FleetLegend tally={tally} />
        </div>
      </MapBoundary>
    </div>
  );
}
