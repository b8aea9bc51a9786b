"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";
import type { Vehicle } from "#lib/driving/board/core/vehicle";
import { formatAge } from "#lib/format/ages";
import { formatNumber } from "#lib/format/numbers";
import { driverHref } from "../driver-href.tsx";
import { SpeedFigure } from "../speed-figure.tsx";

interface SpeedPanelProps {
  vehicle: Vehicle;
  nowMs: number;
  gapS: number;
  onClose: () => void;
}

/** One driver's speed, live, under the map. */
export function SpeedPanel({ vehicle, nowMs, gapS, onClose }: SpeedPanelProps) {
  const { driver, plate, atMs, seq, lateCount, receivedAtMs, history, speedKmh } = vehicle;
  return (
    <section aria-label={`Speed of ${driver}`} className="border-t border-line px-6 pt-2.5 pb-3 max-[860px]:px-4">
      <SpeedFigure
        driver={driver}
        endMs={atMs}
        gapS={gapS}
        live={history}
        liveKey={`${seq} ${lateCount} ${history.length}`}
        source={`${plate}, ${formatNumber(speedKmh, { decimals: 0 })} km/h ${formatAge(receivedAtMs, nowMs)} ago.`}
        actions={
          <>
            <Button size="sm" href={driverHref(driver)}>
              Driver
            </Button>
            <IconButton label="Close the chart" icon={X} size="sm" onClick={onClose} />
          </>
        }
      />
    </section>
  );
}
