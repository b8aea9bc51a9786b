"use client";

import "leaflet/dist/leaflet.css";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import useSWRImmutable from "swr/immutable";
import type { RegionCollection } from "#lib/maps/regions/cut-regions";
import type { ValueDomain } from "#lib/maps/spec";
import { MapAttribution } from "../map-attribution.tsx";
import { MapControls } from "../map-controls.tsx";
import { ValueLegend } from "../value-legend.tsx";
import { type PointedRegion, RegionScene } from "./region-scene.ts";

export interface RegionMapProps {
  /** What a person who does not see it should know: what is shown and where. */
  label: string;
  /** File with the areas: `/basemap/counties/06.json` for California. */
  regionsUrl: string;
  /** Values by the areas' codes; areas without one are grey. */
  values: ReadonlyMap<string, number>;
  domain: ValueDomain | null;
  /** Value with its unit, as the tooltip and the screen reader say it. */
  describe: (value: number | undefined) => string;
  selected?: string | null;
  onSelect?: (id: string) => void;
}

const TOOLTIP_PX = 200;
const noWidth = () => undefined;

async function readRegions(url: string): Promise<RegionCollection> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The map's areas did not load (${response.status}).`);
  return (await response.json()) as RegionCollection;
}

/** Areas coloured by value. Browser only: import it through `region-boundary`. */
export function RegionMap({ label, regionsUrl, values, domain, describe, selected = null, onSelect }: RegionMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<RegionScene | null>(null);
  const [pointed, setPointed] = useState<PointedRegion | null>(null);
  const [visited, setVisited] = useState<string | null>(null);
  const hintId = useId();
  const { data: regions, error } = useSWRImmutable<RegionCollection, Error>(regionsUrl, readRegions);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  useEffect(() => {
    if (!container.current) return;
    const onChosen = (id: string) => select.current?.(id);
    const created = new RegionScene(container.current, {
      onPoint: setPointed,
      onSelect: onChosen,
      onVisit: setVisited,
    });
    setScene(created);
    return () => {
      setScene(null);
      created.destroy();
    };
  }, []);
  useEffect(() => {
    if (regions) scene?.setRegions(regions);
  }, [scene, regions]);
  useEffect(() => scene?.setValues(values, domain), [scene, regions, values, domain]);
  useEffect(() => scene?.setSelected(selected), [scene, regions, selected]);
  const nameOf = (id: string) => regions?.features.find((region) => region.id === id)?.properties.name ?? id;

  return (
    <div className="absolute inset-0 isolate overflow-hidden bg-map-water" data-regions={regions?.features.length ?? 0}>
      <div
        ref={container}
        role="application"
        aria-roledescription="map"
        aria-label={label}
        aria-describedby={hintId}
        tabIndex={0}
        onKeyDown={(event) => scene && handleKey(event, scene)}
        onBlur={() => scene?.leave()}
        className="absolute inset-0 z-0 bg-map-water! font-sans! focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
      />
      <p id={hintId} className="sr-only">
        Arrow keys move the map, plus and minus zoom. N and P go through the areas, the largest value first, Enter
        chooses, Escape leaves.
      </p>
      <p className="sr-only" aria-live="polite">
        {visited ? `${nameOf(visited)}: ${describe(values.get(visited))}` : ""}
      </p>
      {error ? (
        <p role="alert" className="absolute inset-x-4 top-4 z-20 m-0 rounded-md bg-raised p-3 text-sm shadow-2">
          {error.message} Load the page again; the table holds the same values.
        </p>
      ) : null}
      {domain ? (
        <div className="absolute bottom-7 left-3 z-20">
          <ValueLegend domain={domain} />
        </div>
      ) : null}
      <MapControls onZoomIn={() => scene?.zoomBy(1)} onZoomOut={() => scene?.zoomBy(-1)} onFit={() => scene?.fit()} />
      <MapAttribution tiles={null} state="none" onWidth={noWidth} />
      {pointed && scene ? (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute z-20 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-3"
          style={tooltipPlace(pointed, scene.map.getSize().x)}
        >
          <p className="m-0 font-[640]">{nameOf(pointed.id)}</p>
          <p className="m-0 text-muted tabular-nums">{describe(values.get(pointed.id))}</p>
        </div>
      ) : null}
    </div>
  );
}

function tooltipPlace({ xPx, yPx }: PointedRegion, widthPx: number) {
  const left = Math.max(8, Math.min(widthPx - TOOLTIP_PX - 8, xPx + 12));
  return yPx > 90 ? { left, top: yPx - 12, transform: "translateY(-100%)" } : { left, top: yPx + 18 };
}

/** Arrow keys, plus and minus are Leaflet's own. Tab is left alone: it must lead out of the map. */
function handleKey(event: KeyboardEvent, scene: RegionScene): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const key = event.key.toLowerCase();
  if (key === "n") scene.visit(1);
  else if (key === "p") scene.visit(-1);
  else if (key === "enter") scene.openVisited();
  else if (key === "escape") scene.leave();
  else return;
  event.preventDefault();
}
