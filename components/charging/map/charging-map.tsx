"use client";

import { useMemo } from "react";
import { RegionBoundary } from "#components/maps/regions/region-boundary";
import { RegionLegend } from "#components/maps/regions/region-legend";
import { UnplacedRegions } from "#components/maps/regions/unplaced-regions";
import { useRegions, valueText } from "../../maps/regions/use-regions.ts";
import { ErrorState } from "#components/ui/error-state";
import type { ReadyMap } from "#lib/charging/statistics/service/read-map-page";
import { countOf } from "#lib/format/lists";
import type { ClusterSource } from "#lib/maps/cluster";
import { CountyDetails } from "./county-details.tsx";
import { CountyTable } from "./county-table.tsx";
import { MapSource } from "./map-source.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import { useMapChoice } from "./use-map-choice.ts";
import { type RunPlaces, useRunPlaces } from "./use-run-places.ts";

interface ChargingMapProps {
  page: ReadyMap;
  timeZone: string;
  now: string;
}

/** Counties by what was charged in them: map, legend, the chosen county, and the same values as a table. */
export function ChargingMap({ page, timeZone, now }: ChargingMapProps) {
  const { spec, run } = page;
  const choice = useMapChoice();
  const shown = useRegions(spec, choice.metric, choice.month);
  const { metric, period, values, order } = shown;
  const region = spec.regions.find(({ id }) => id === choice.county);
  const { places, error } = useRunPlaces(run.id, choice.stations || region !== undefined);
  const points = useMemo(() => (choice.stations && places ? pointsOf(places) : []), [choice.stations, places]);
  const periodLabel = spec.periods[period]?.label ?? "";
  const select = (id: string) => choice.change({ county: id === choice.county ? null : id });
  return (
    <div className="flex min-h-0 flex-1 flex-col max-lg:overflow-y-auto">
      <MapToolbar page={page} metric={metric} period={period} choice={choice} />
      <div className="grid min-h-0 flex-1 max-lg:flex-none lg:grid-cols-[minmax(0,1fr)_400px]">
        <div className="relative flex min-h-0 flex-col">
          <div className="relative min-h-0 flex-1 max-lg:h-[46dvh] max-lg:flex-none">
            <RegionBoundary
              label={`Map of ${countOf(spec.regions.length, "county", "counties")} by ${metric.label.toLowerCase()}, ${periodLabel}. The table beside it holds the same values.`}
              regionsUrls={shown.urls}
              {...{ shades: shown.shades, order, describe: shown.describe }}
              selected={choice.county}
              onSelect={(id) => select(id)}
              stations={points}
            />
          </div>
          <RegionLegend
            {...{ metric, classes: shown.classes, method: shown.method, onMethod: shown.setMethod }}
            period={periodLabel}
            selectedValue={region ? values.get(region.id) : undefined}
            className="border-line max-lg:border-b lg:absolute lg:bottom-7 lg:left-3 lg:z-20 lg:w-60 lg:rounded-lg lg:border lg:bg-raised lg:shadow-2"
          />
        </div>
        <aside aria-label="Values" className="min-h-0 min-w-0 border-line bg-surface lg:overflow-y-auto lg:border-l">
          {error ? (
            <div className="p-4">
              <ErrorState title="Stations and ZIPs could not be read">
                {error.message} The map shows the counties; load the page again for the rest.
              </ErrorState>
            </div>
          ) : null}
          {region ? (
            <CountyDetails
              {...{ spec, region, metric, period, places }}
              rank={order.indexOf(region.id) + 1}
              ranked={order.length}
              onClose={() => choice.change({ county: null })}
            />
          ) : null}
          <div className="px-2.5 pt-2 max-md:px-1.5">
            <CountyTable
              {...{ spec, period, metric, shades: shown.shades, onSelect: select }}
              selected={choice.county}
            />
          </div>
          <div className="flex flex-col gap-3 px-5 py-4 max-md:px-4">
            <UnplacedRegions unplaced={spec.unplaced} metric={metric} />
            {page.unplacedSessions > 0 ? (
              <p className="text-xs text-muted">{countOf(page.unplacedSessions, "session")} without a county.</p>
            ) : null}
            <MapSource {...{ run, spec, timeZone, now }} files={page.files} />
          </div>
        </aside>
      </div>
    </div>
  );
}

const KWH = { key: "energy", label: "Energy", unit: "kWh", decimals: 0 };

/** Stations have no state here: the map draws them alike. */
function pointsOf({ stations }: RunPlaces): ClusterSource[] {
  return stations.map(({ station, lat, lon, sessions, energyKwh }, index) => ({
    id: String(index),
    state: "good",
    label: station === "" ? "Station without a name" : station,
    detail: `${valueText(energyKwh, KWH)} in ${countOf(sessions, "session")}, all months`,
    lat,
    lon,
  }));
}
