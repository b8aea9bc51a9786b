"use client";

import "leaflet/dist/leaflet.css";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import useSWRImmutable from "swr/immutable";
import type { ClusterSource } from "#lib/maps/cluster";
import type { RegionCollection } from "#lib/maps/regions/cut-regions";
import type { Direction } from "#lib/maps/regions/next-region";
import { MapAttribution } from "../map-attribution.tsx";
import { MapControls } from "../map-controls.tsx";
import { type PointedRegion, RegionScene } from "./region-scene.ts";
import { RegionTooltip } from "./region-tooltip.tsx";

export interface RegionMapProps {
  /** What a person who does not see it should know: what is shown and where. */
  label: string;
  /** Files with the areas: `/basemap/counties/06.json` for California. */
  regionsUrls: readonly string[];
  /** Colours 1 to 7 by the areas' codes; areas without one are hatched. */
  shades: ReadonlyMap<string, number>;
  /** Codes of the areas with values, the largest first. */
  order: readonly string[];
  /** Value with its unit, as the tooltip and the screen reader say it. */
  describe: (id: string) => string;
  selected?: string | null;
  onSelect?: (id: string) => void;
  /** Points over the areas. */
  stations?: readonly ClusterSource[];
  /** Floats over the map: legend, layers. */
  children?: ReactNode;
}

const NO_STATIONS: readonly ClusterSource[] = [];
const noWidth = () => undefined;

async function readRegions(urls: readonly string[]): Promise<RegionCollection> {
  const parts = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`The map’s areas did not load (${response.status}).`);
      return (await response.json()) as RegionCollection;
    }),
  );
  return { type: "FeatureCollection", features: parts.flatMap(({ features }) => features) };
}

/** Areas coloured by value. Browser only: import it through `region-boundary`. */
export function RegionMap(props: RegionMapProps) {
  const { label, regionsUrls, shades, order, describe, selected = null, stations = NO_STATIONS, children } = props;
  const [pointed, setPointed] = useState<PointedRegion | null>(null);
  const [visited, setVisited] = useState<string | null>(null);
  const ids = { hint: useId(), pattern: useId() };
  const { scene, container } = useScene(props.onSelect, { setPointed, setVisited, patternId: ids.pattern });
  const { data: regions, error } = useSWRImmutable<RegionCollection, Error, readonly string[]>(
    regionsUrls,
    readRegions,
  );
  // Before the areas: the map first fits those that have a value.
  useEffect(() => scene?.setShades(shades, order), [scene, shades, order]);
  useEffect(() => {
    if (regions) scene?.setRegions(regions);
  }, [scene, regions]);
  useEffect(() => scene?.setSelected(selected), [scene, regions, selected]);
  useEffect(() => scene?.setStations(stations), [scene, stations]);
  const nameOf = (id: string) => regions?.features.find((region) => region.id === id)?.properties.name ?? id;

  return (
    <div className="absolute inset-0 isolate overflow-hidden bg-map-water" data-regions={regions?.features.length ?? 0}>
      <NoDataPattern id={ids.pattern} />
      <div
        ref={container}
        role="application"
        aria-roledescription="map"
        aria-label={label}
        aria-describedby={ids.hint}
        tabIndex={0}
        onKeyDown={(event) => scene && handleKey(event, scene)}
        onBlur={() => scene?.leave()}
        className="absolute inset-0 z-0 bg-map-water! font-sans! focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
      />
      <p id={ids.hint} className="sr-only">
        Arrow keys go from area to area, with Shift they move the map; plus and minus zoom. N and P go through the
        areas, the largest value first, Enter chooses, Escape leaves. The table holds the same values.
      </p>
      <p className="sr-only" aria-live="polite">
        {visited ? `${nameOf(visited)}: ${describe(visited)}` : ""}
      </p>
      {error ? (
        <p role="alert" className="absolute inset-x-4 top-4 z-20 m-0 rounded-md bg-raised p-3 text-sm shadow-2">
          {error.message} Load the page again; the table holds the same values.
        </p>
      ) : null}
      {children}
      <MapControls onZoomIn={() => scene?.zoomBy(1)} onZoomOut={() => scene?.zoomBy(-1)} onFit={() => scene?.fit()} />
      <MapAttribution tiles={null} state="none" onWidth={noWidth} />
      {pointed && scene ? (
        <RegionTooltip pointed={pointed} mapWidthPx={scene.map.getSize().x} name={nameOf(pointed.id)}>
          {describe(pointed.id)}
        </RegionTooltip>
      ) : null}
    </div>
  );
}

/** Hatched where nothing is known, so that no colour of the scale can be taken for it. */
function NoDataPattern({ id }: { id: string }) {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--color-map-land)" />
        <rect width="1.4" height="6" fill="var(--color-line-strong)" />
      </pattern>
    </svg>
  );
}

interface SceneState {
  setPointed: (pointed: PointedRegion | null) => void;
  setVisited: (id: string | null) => void;
  patternId: string;
}

/** Creates the scene once its element exists. */
function useScene(onSelect: RegionMapProps["onSelect"], { setPointed, setVisited, patternId }: SceneState) {
  const container = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<RegionScene | null>(null);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  useEffect(() => {
    if (!container.current) return;
    const created = new RegionScene(container.current, `url(#${patternId})`, {
      onPoint: setPointed,
      onSelect: (id) => select.current?.(id),
      onVisit: setVisited,
    });
    setScene(created);
    return () => {
      setScene(null);
      created.destroy();
    };
  }, [patternId, setPointed, setVisited]);
  return { scene, container };
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  arrowup: "up",
  arrowdown: "down",
  arrowleft: "left",
  arrowright: "right",
};

/** Tab is left alone: it must lead out of the map. */
function handleKey(event: KeyboardEvent, scene: RegionScene): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const key = event.key.toLowerCase();
  const direction = DIRECTIONS[key];
  if (direction) {
    if (event.shiftKey) scene.panTowards(direction);
    else scene.visitTowards(direction);
  } else if (key === "n") scene.visit(1);
  else if (key === "p") scene.visit(-1);
  else if (key === "+" || key === "=") scene.zoomBy(1);
  else if (key === "-") scene.zoomBy(-1);
  else if (key === "enter") scene.openVisited();
  else if (key === "escape") scene.leave();
  else return;
  event.preventDefault();
}
