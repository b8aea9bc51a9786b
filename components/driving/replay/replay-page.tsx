"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { judgeVehicles, tallyStates } from "#lib/driving/board/core/fleet-items";
import type { MapTiles } from "#lib/maps/spec";
import { EventFeed } from "../live/event-feed.tsx";
import { FleetMap } from "../live/fleet-map.tsx";
import { SpeedStrips } from "../live/speed-strips.tsx";
import { ReplayControls } from "./replay-controls.tsx";
import { ReplayStore, type ReplaySpan } from "./replay-store.ts";

interface ReplayPageProps {
  span: ReplaySpan;
  tiles: MapTiles | null;
}

/** A stretch of a workspace's history as the live board would have shown it. */
export function ReplayPage({ span, tiles }: ReplayPageProps) {
  const [store] = useState(() => new ReplayStore(span));
  useEffect(() => () => store.pause(), [store]);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const [selected, select] = useState<string | null>(null);
  const { positionMs: nowMs, gapS } = state;
  const judged = useMemo(
    () => judgeVehicles(state.vehicles.values(), { nowMs: state.positionMs, gapS: state.gapS }),
    [state],
  );
  const tally = useMemo(() => tallyStates(judged), [judged]);
  return (
    <>
      <ReplayControls {...{ state, store, span }} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_380px] max-[860px]:flex max-[860px]:flex-col max-[860px]:overflow-auto">
        <div className="flex min-h-0 flex-col max-[860px]:contents">
          <FleetMap {...{ judged, tally, selected, tiles }} focus={null} isStale={false} onSelect={select} />
          <div className="max-[860px]:order-3 max-[860px]:flex-none">
            {judged.length > 0 ? <SpeedStrips {...{ judged, nowMs, gapS }} onSelect={select} /> : null}
          </div>
        </div>
        <aside
          aria-label="Events"
          className="min-h-0 overflow-auto border-line bg-bg max-[860px]:max-h-[420px] max-[860px]:flex-none max-[860px]:border-t min-[861px]:border-l"
          tabIndex={0}
        >
          <EventFeed feed={state.feed} nowMs={nowMs} />
        </aside>
      </div>
    </>
  );
}
