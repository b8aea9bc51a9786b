"use client";

import { useMemo, useState } from "react";
import { useNow } from "#components/ui/use-now";
import type { Position } from "#lib/geo/position";
import { judgeVehicles, tallyStates } from "#lib/driving/board/core/fleet-items";
import type { MapTiles } from "#lib/maps/spec";
import { BoardAside } from "./board-aside.tsx";
import { ConnectionBar } from "./connection-bar.tsx";
import { FirstRecord } from "./first-record.tsx";
import { FleetMap } from "./fleet-map.tsx";
import { SpeedPanel } from "./speed-panel.tsx";
import { SpeedStrips } from "./speed-strips.tsx";
import { useLiveBoard } from "./use-live-board.ts";
import { useSelectedDriver } from "./use-selected-driver.ts";

interface LivePageProps {
  /** The instant the page was made. */
  now: string;
  timeZone: string;
  tiles: MapTiles | null;
  baseUrl: string;
  mayJudge: boolean;
  mayMakeKeys: boolean;
}

/** The live board: how live it is, the fleet on the map, speed, alerts. */
export function LivePage({ now, timeZone, tiles, baseUrl, mayJudge, mayMakeKeys }: LivePageProps) {
  const { state, store } = useLiveBoard();
  const [selected, select] = useSelectedDriver();
  const [focus, setFocus] = useState<Position | null>(null);
  const nowMs = useNow(now, 1) + state.clockOffsetMs;
  const { gapS, connection } = state;
  // A new state is made whenever anything changed, and every few seconds for what only time changes.
  const judged = useMemo(
    () => judgeVehicles(state.vehicles.values(), { nowMs: state.madeAtMs + state.clockOffsetMs, gapS: state.gapS }),
    [state],
  );
  const tally = useMemo(() => tallyStates(judged), [judged]);
  const vehicle = selected === null ? undefined : state.vehicles.get(selected);
  const isStale = connection.state === "reconnecting" || connection.state === "disconnected";
  const show = (driver: string, at: Position) => {
    select(driver);
    setFocus(at);
  };
  return (
    <>
      <ConnectionBar state={state} tally={tally} nowMs={nowMs} timeZone={timeZone} onRetry={() => store.retry()} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_380px] max-[860px]:flex max-[860px]:flex-col max-[860px]:overflow-auto">
        <div className="flex min-h-0 flex-col max-[860px]:contents">
          <div className="relative flex min-h-0 flex-1 flex-col max-[860px]:flex-none">
            <FleetMap {...{ judged, tally, selected, focus, tiles, isStale }} onSelect={select} />
            {state.isKnown && judged.length === 0 ? <FirstRecord baseUrl={baseUrl} mayMakeKeys={mayMakeKeys} /> : null}
          </div>
          <div className={`max-[860px]:order-3 max-[860px]:flex-none ${isStale ? "opacity-60 grayscale-[.4]" : ""}`}>
            {vehicle ? (
              <SpeedPanel key={vehicle.driver} {...{ vehicle, nowMs, gapS }} onClose={() => select(null)} />
            ) : judged.length > 0 ? (
              <SpeedStrips {...{ judged, nowMs, gapS }} onSelect={select} />
            ) : null}
          </div>
        </div>
        <BoardAside
          {...{ state, nowMs, timeZone, mayJudge }}
          onJudged={(alert) => store.putAlert(alert)}
          onShow={show}
        />
      </div>
    </>
  );
}
