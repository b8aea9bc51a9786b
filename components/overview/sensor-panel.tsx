"use client";

import Link from "next/link";
import { ShareBar } from "#components/charts/share-bar";
import { MiniMap } from "#components/maps/mini-map";
import { formatNumber } from "#lib/format/numbers";
import type { MapItem, MapView, StateCounts } from "#lib/maps/spec";

interface SensorPanelProps {
  items: readonly MapItem[];
  view: MapView;
  byState: StateCounts;
  total: number;
}

/** Where the sensors are and what state they are in. */
export function SensorPanel({ items, view, byState, total }: SensorPanelProps) {
  const { good = 0, recovered = 0, suspect = 0, fault = 0, silent = 0, reference = 0 } = byState;
  return (
    <section aria-labelledby="overview-sensors" className="border-b border-line">
      <div className="relative h-[236px]">
        <MiniMap
          label={`Map of ${formatNumber(total)} sensors, ${fault} with a fault, ${silent} silent`}
          items={items}
          view={view}
        />
      </div>
      <div className="gutter-x pt-3 pb-3.5">
        <div className="mb-2.5 flex items-baseline gap-2.5">
          <h2 id="overview-sensors" className="text-base leading-5">
            Sensors
          </h2>
          <span className="cap">
            {formatNumber(total)} registered
            {reference > 0 ? `, ${formatNumber(reference)} for reference` : ""}
          </span>
          <Link href="/sensors" className="ml-auto text-xs whitespace-nowrap text-accent hover:underline">
            Open map
          </Link>
        </div>
        <ShareBar
          parts={[
            { tone: "good", count: good + recovered },
            { tone: "suspect", count: suspect },
            { tone: "fault", count: fault },
            { tone: "silent", count: silent },
          ]}
        />
      </div>
    </section>
  );
}
