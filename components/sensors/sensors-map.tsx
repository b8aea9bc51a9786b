"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { MapBoundary } from "#components/maps/map-boundary";
import { MapLegend } from "#components/maps/map-legend";
import { type KindFilter, ValueLegend } from "#components/maps/value-legend";
import { ErrorState } from "#components/ui/error-state";
import { StaleNote } from "#components/ui/stale-note";
import { Age } from "#components/ui/age";
import type { Bbox } from "#lib/geo/bbox";
import { classNames } from "#lib/format/class-names";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { MAP_STATES, type MapCluster, type MapPoint, type MapState, type MapTiles, type MapView } from "#lib/maps/spec";
import { STATE_WORD } from "#lib/maps/state-words";
import type { SensorCounts } from "#lib/sensors/map-store";
import type { SensorDetail, SensorFilter, ViewportAnswer } from "#lib/sensors/schema";
import { ClusterMembers } from "./cluster-members.tsx";
import { ColourSelect } from "./colour-select.tsx";
import { Drawer } from "./drawer.tsx";
import { EmptyMap } from "./empty-map.tsx";
import { SensorDrawer } from "./sensor-drawer.tsx";
import { type PropertyOption, SensorFilters } from "./sensor-filters.tsx";
import { CAUSE_IDS, FAULT_CAUSE } from "#lib/sensors/core/fault-causes";
import { readFilter, toggledCauses, toggledStates } from "#lib/sensors/pages/url-filter";
import { useSensor } from "./use-sensor.ts";
import { type Url, useUrl } from "./use-url.ts";
import { useViewport, type ViewportData } from "./use-viewport.ts";

interface SensorsMapProps {
  initialView: MapView;
  extent: Bbox | null;
  properties: readonly PropertyOption[];
  /** Sensors in the workspace, with and without position. */
  total: number;
  /** What the server counted for the first painting. */
  counts: SensorCounts;
  timeZone: string;
  tiles: MapTiles | null;
  mayUpload: boolean;
}

/** Map of all sensors: filter bar, viewport queries, legend as state filter, drawer for the selected sensor. */
export function SensorsMap(props: SensorsMapProps) {
  const url = useUrl();
  const [view, setView] = useState<{ bbox: Bbox; zoom: number } | null>(null);
  const [members, setMembers] = useState<MapCluster | null>(null);
  const viewport = useViewport(view, url.params);
  const selectedId = url.params.get("sensor");
  const selected = useSensor(selectedId);
  const filter = readFilter(url.params);
  const { data } = viewport;
  const hasDrawer = selectedId !== null || members !== null;
  const select = (id: string | null) => {
    setMembers(null);
    url.push({ sensor: id });
  };
  return (
    <>
      <SensorFilters
        properties={props.properties}
        summary={<MatchSummary counts={data ?? props.counts} receivedAtMs={viewport.receivedAtMs} url={url} />}
      >
        <ColourSelect properties={props.properties} />
      </SensorFilters>
      <div
        className={classNames(
          "relative grid min-h-0 flex-1",
          hasDrawer && "md:grid-cols-[minmax(0,1fr)_var(--drawer-width)]",
        )}
      >
        <div className={classNames("relative min-h-0", viewport.error && "opacity-60 grayscale-[.4]")}>
          <MapBoundary
            label={mapLabel(data, props.total)}
            items={data?.items ?? []}
            initialView={props.initialView}
            extent={props.extent}
            onViewportChange={setView}
            selected={pointOf(selected.data)}
            selectedReference={referenceOf(selected.data)}
            onSelect={(item) => select(item.id)}
            onOpenCluster={(cluster, separable) => setMembers(separable ? null : cluster)}
            colourBy={data?.valueDomain ? "value" : "state"}
            valueDomain={data?.valueDomain ?? null}
            tiles={props.tiles}
          >
            <div className="pointer-events-none absolute top-2.5 left-2.5 z-20 flex flex-col items-start gap-2 *:pointer-events-auto md:top-4 md:left-4">
              <Legend counts={data ?? props.counts} isByState={!data?.valueDomain} filter={filter} url={url} />
              {data?.valueDomain ? <ValueLegend domain={data.valueDomain} filter={causeFilter(filter, url)} /> : null}
            </div>
            <Notices viewport={viewport} filter={filter} mayUpload={props.mayUpload} total={props.total} />
          </MapBoundary>
        </div>
        {members ? (
          <Drawer label="Sensors at this place" onClose={() => setMembers(null)}>
            <ClusterMembers cluster={members} params={url.params} onSelect={select} />
          </Drawer>
        ) : selectedId === null ? null : (
          <Drawer label="Selected sensor" onClose={() => select(null)}>
            <SensorDrawer key={selectedId} sensorId={selectedId} sensor={selected} timeZone={props.timeZone} />
          </Drawer>
        )}
      </div>
    </>
  );
}

function mapLabel(data: ViewportAnswer | undefined, total: number): string {
  const shown = data ? data.matching - data.unplaced : total;
  return `Map of ${countOf(shown, "sensor")}. A list with the same filter is available.`;
}

function pointOf(sensor: SensorDetail | undefined): MapPoint | null {
  if (!sensor || sensor.latitude === null || sensor.longitude === null) return null;
  return {
    kind: "point",
    id: sensor.id,
    lat: sensor.latitude,
    lon: sensor.longitude,
    state: sensor.state,
    label: sensor.code,
  };
}

function referenceOf(sensor: SensorDetail | undefined) {
  const near = sensor?.references[0];
  return near && near.latitude !== null && near.longitude !== null ? { lat: near.latitude, lon: near.longitude } : null;
}

interface LegendProps {
  counts: Pick<SensorCounts, "byState">;
  isByState: boolean;
  filter: SensorFilter;
  url: Url;
}

function Legend({ counts, isByState, filter, url }: LegendProps) {
  const shown = filter.state?.length ? new Set<MapState>(filter.state) : null;
  const changes = (state: MapState) => ({ state: toggledStates(filter.state, state) });
  const entries = MAP_STATES.map((state) => ({
    state,
    count: counts.byState[state] ?? 0,
    shown: shown ? shown.has(state) : true,
    label: STATE_WORD[state],
    href: url.href(changes(state)),
  }));
  // In the order in which people read states, good first and stations last.
  const order: MapState[] = ["good", "recovered", "suspect", "fault", "silent", "reference"];
  const sorted = order.flatMap((state) => entries.filter((entry) => entry.state === state));
  return <MapLegend entries={sorted} onToggle={(state) => url.push(changes(state))} showClusterKey={isByState} />;
}

/** The key of the causes is their filter. */
function causeFilter({ cause }: SensorFilter, url: Url): KindFilter | undefined {
  if (url.params.get("colour") !== FAULT_CAUSE) return undefined;
  const idOf = (kind: number) => CAUSE_IDS[kind - 1] ?? "other";
  const changes = (kind: number) => ({ cause: toggledCauses(cause, idOf(kind)) });
  return {
    isChosen: (kind) => cause?.includes(idOf(kind)) ?? false,
    href: (kind) => url.href(changes(kind)),
    onToggle: (kind) => url.push(changes(kind)),
  };
}

interface MatchSummaryProps {
  counts: Omit<SensorCounts, "byState">;
  receivedAtMs: number | null;
  url: Url;
}

function MatchSummary({ counts: data, receivedAtMs, url }: MatchSummaryProps) {
  return (
    <span className="flex items-center gap-x-3 whitespace-nowrap">
      <span role="status">
        {formatNumber(data.matching)} of {countOf(data.total, "sensor")} match
      </span>
      {data.unplaced > 0 ? (
        <a href={url.href({ view: "list", placed: "false", sensor: null })} className="link">
          {formatNumber(data.unplaced)} without position
        </a>
      ) : null}
      {receivedAtMs === null ? null : <Age at={receivedAtMs} ago className="max-md:hidden" />}
    </span>
  );
}

interface NoticesProps {
  viewport: ViewportData;
  filter: SensorFilter;
  mayUpload: boolean;
  total: number;
}

/** What stands over the map when there is nothing to see, or nothing new. */
function Notices({ viewport, filter, mayUpload, total }: NoticesProps) {
  const { data, error, receivedAtMs, retry } = viewport;
  const again = (
    <Button size="sm" onClick={retry}>
      Try again
    </Button>
  );
  if (error && data) {
    return (
      <div className="float-panel absolute bottom-8 left-1/2 z-20 -translate-x-1/2 px-3 py-2">
        <StaleNote action={again}>
          Showing what arrived {receivedAtMs === null ? "earlier" : <Age at={receivedAtMs} ago />}. The map tries again
          by itself.
        </StaleNote>
      </div>
    );
  }
  if (error) {
    return (
      <div className="absolute inset-x-4 top-20 z-20 mx-auto max-w-[420px]">
        <ErrorState title="The sensors could not be read" actions={again}>
          {error.message}
        </ErrorState>
      </div>
    );
  }
  const placed = data ? data.matching - data.unplaced : null;
  return placed === 0 ? (
    <EmptyMap filter={filter} total={total} unplaced={data?.unplaced ?? 0} mayUpload={mayUpload} />
  ) : null;
}
