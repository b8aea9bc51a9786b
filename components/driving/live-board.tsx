"use client";

import { useMemo, useState } from "react";
import { MapBoundary } from "#components/maps/map-boundary";
import type { BoardView } from "#lib/driving/board/board";
import { countOf } from "#lib/format/lists";
import type { Bbox } from "#lib/geo/bbox";
import type { MapPoint, MapTiles } from "#lib/maps/spec";
import { AlertList } from "./alert-list.tsx";
import { EventFeed } from "./event-feed.tsx";
import { LiveStatus } from "./live-status.tsx";
import { SpeedChart } from "./speed-chart.tsx";
import { useLive } from "./use-live.ts";

interface LiveBoardProps {
  extent: Bbox | null;
  tiles: MapTiles | null;
  mayJudge: boolean;
}

/** The whole fleet at once: map, alerts, speed of the chosen driver, what happened. */
export function LiveBoard({ extent, tiles, mayJudge }: LiveBoardProps) {
  const { board, view, connection } = useLive("/api/v1/driving/live");
  const [chosen, setChosen] = useState<string | null>(null);
  const items = useMemo(() => pointsOf(view), [view]);
  const driver = chosen ?? view.alerts[0]?.driver ?? view.vehicles[0]?.driver ?? null;
  const selected = items.find(({ id }) => id === driver) ?? null;
  const isStale = connection === "offline";
  return (
    <div className="grid min-h-0 flex-1 md:grid-cols-[minmax(0,1fr)_400px]">
      <div className={`relative min-h-[320px] ${isStale ? "opacity-60 grayscale-[.4]" : ""}`}>
        <MapBoundary
          label={`Map of ${countOf(items.length, "vehicle")}`}
          items={items}
          initialView={extent ? { bbox: extent } : { lat: 30, lon: 110, zoom: 4 }}
          extent={extent}
          selected={selected}
          onSelect={({ id }) => setChosen(id)}
          tiles={tiles}
          noun="vehicles"
        />
      </div>
      <aside className="flex min-h-0 flex-col gap-5 overflow-y-auto border-l border-line px-4 py-3">
        <LiveStatus connection={connection} view={view} />
        <AlertList alerts={view.alerts} mayJudge={mayJudge} onSelect={setChosen} />
        {driver === null ? null : <SpeedChart driver={driver} track={board.trackOf(driver)} />}
        <EventFeed lines={view.feed} onSelect={setChosen} />
      </aside>
    </div>
  );
}

function pointsOf({ vehicles, alerts }: BoardView): MapPoint[] {
  const over = new Set(alerts.filter(({ state }) => state === "open").map((alert) => alert.driver));
  return vehicles.map(({ driver, latitude, longitude, speedKmh, at }) => ({
    kind: "point",
    id: driver,
    lat: latitude,
    lon: longitude,
    state: over.has(driver) ? "fault" : "good",
    label: driver,
    detail: `${speedKmh} km/h at ${at.slice(11, 19)}`,
  }));
}
