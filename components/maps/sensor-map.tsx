"use client";

import "leaflet/dist/leaflet.css";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Bbox } from "#lib/geo/bbox";
import type { Position } from "#lib/geo/position";
import type {
  MapArea,
  MapCluster,
  MapDraft,
  MapItem,
  MapPoint,
  MapTiles,
  MapTrack,
  MapView,
  ValueDomain,
} from "#lib/maps/spec";
import { describeItem, describeKinds, formatCount } from "#lib/maps/state-words";
import type { HandleDrag } from "./draft-handles.ts";
import type { TilesState } from "./layers/tiles-layer.ts";
import { MapAttribution } from "./map-attribution.tsx";
import { MapControls } from "./map-controls.tsx";
import { MapTooltip } from "./map-tooltip.tsx";
import { MapScene, type Pointed, type SceneEvents, type Viewport } from "./scene.ts";

export interface SensorMapProps {
  /** What a person who does not see it should know: what is shown and where. */
  label: string;
  items: readonly MapItem[];
  initialView: MapView;
  /** What "Fit all" shows; the items at hand when absent (with viewport queries those are not all). */
  extent?: Bbox | null;
  /** After the view has come to rest, and once at the start. */
  onViewportChange?: (viewport: Viewport) => void;
  /** Drawn with ring and name, also when it is inside a cluster or outside the items. */
  selected?: MapPoint | null;
  selectedReference?: Position | null;
  /** Lines of where things have been, under the items. */
  tracks?: readonly MapTrack[];
  /** Where the view goes when this changes; to a position the zoom stays. */
  focus?: Position | Bbox | null;
  /** Under everything else. */
  areas?: readonly MapArea[];
  selectedArea?: string | null;
  /** An area being drawn or changed; its handles can be dragged and pressed. */
  draft?: MapDraft | null;
  onDragHandle?: (drag: HandleDrag) => void;
  onPressHandle?: (id: string) => void;
  /** A click where no item is. */
  onPlace?: (at: Position) => void;
  onSelect?: (item: MapPoint) => void;
  /** A cluster was opened; when it cannot be zoomed apart (`separable` false) the owner may list its members. */
  onOpenCluster?: (cluster: MapCluster, separable: boolean) => void;
  tiles?: MapTiles | null;
  colourBy?: "state" | "value";
  valueDomain?: ValueDomain | null;
  /** Repaints when it changes; themes set on the document are noticed without it. */
  theme?: string;
  /** Plural of what the points are. */
  noun?: string;
  basemapUrl?: string;
  /** Floats over the map: legend, time bar. */
  children?: ReactNode;
}

const NO_TRACKS: readonly MapTrack[] = [];
const NO_AREAS: readonly MapArea[] = [];

/** The interactive map. Browser only: import it through `map-boundary`. */
export function SensorMap(props: SensorMapProps) {
  const { label, items, tiles = null, colourBy = "state", valueDomain = null, noun = "sensors", children } = props;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [announcement, setAnnouncement] = useState("");
  const [tilesState, setTilesState] = useState<TilesState>("none");
  const hintId = useId();
  const { scene, refs } = useScene(props, { setPointed, setAnnouncement, setTilesState });
  const selected = props.selected ?? null;
  const selectedReference = props.selectedReference ?? null;

  useEffect(() => scene?.setItems(items, { by: colourBy, domain: valueDomain }), [scene, items, colourBy, valueDomain]);
  useEffect(() => scene?.setSelection(selected, selectedReference), [scene, selected, selectedReference]);
  const { tracks = NO_TRACKS, focus = null } = props;
  useEffect(() => scene?.setTracks(tracks), [scene, tracks]);
  useEffect(() => {
    if (!focus) return;
    if ("west" in focus) scene?.fit(focus);
    else scene?.show(focus);
  }, [scene, focus]);
  const { areas = NO_AREAS, selectedArea = null, draft = null } = props;
  useEffect(() => scene?.setAreas(areas, selectedArea), [scene, areas, selectedArea]);
  useEffect(() => scene?.setDraft(draft), [scene, draft]);
  useEffect(() => scene?.refreshTheme(), [scene, props.theme]);
  const reserve = useCallback((widthPx: number) => scene?.setReservedRight(widthPx), [scene]);

  return (
    <div className="absolute inset-0 isolate overflow-hidden bg-map-water" data-tiles={tilesState}>
      <div
        ref={refs.container}
        role="application"
        aria-roledescription="map"
        aria-label={label}
        aria-describedby={hintId}
        tabIndex={0}
        onKeyDown={(event) => scene && handleKey(event, scene)}
        onBlur={() => scene?.leaveVisited()}
        className="absolute inset-0 z-0 bg-map-water! font-sans! focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
      />
      {/* eslint-disable-next-line react-hooks/refs -- passed on to React, not read */}
      <canvas ref={refs.left} aria-hidden="true" className="pointer-events-none absolute top-0 left-0 z-10" />
      {/* eslint-disable-next-line react-hooks/refs -- passed on to React, not read */}
      <canvas ref={refs.bottom} aria-hidden="true" className="pointer-events-none absolute bottom-0 left-0 z-10" />
      <p id={hintId} className="sr-only">
        Arrow keys move the map, plus and minus zoom.
        {items.length > 0 ? " N and P go through what is visible, Enter opens, Escape leaves." : ""}
      </p>
      <p className="sr-only" aria-live="polite">
        {announcement}
      </p>
      {children}
      <MapControls
        onZoomIn={() => scene?.zoomBy(1)}
        onZoomOut={() => scene?.zoomBy(-1)}
        onFit={() => scene?.fit(props.extent ?? null)}
      />
      <MapAttribution tiles={tiles} state={tilesState} onWidth={reserve} />
      {pointed && scene ? (
        <MapTooltip
          {...pointed}
          mapWidthPx={scene.map.getSize().x}
          noun={noun}
          valueDomain={colourBy === "value" ? valueDomain : null}
        />
      ) : null}
    </div>
  );
}

interface Setters {
  setPointed: (pointed: Pointed | null) => void;
  setAnnouncement: (text: string) => void;
  setTilesState: (state: TilesState) => void;
}

/** Creates the scene once its elements exist; it lives as long as the tile server stays the same. */
function useScene(props: SensorMapProps, setters: Setters) {
  const container = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLCanvasElement>(null);
  const bottom = useRef<HTMLCanvasElement>(null);
  const [scene, setScene] = useState<MapScene | null>(null);
  const latest = useRef({ props, setters });
  useEffect(() => {
    latest.current = { props, setters };
  });
  const tilesKey = props.tiles?.url ?? null;

  useEffect(() => {
    if (!container.current || !left.current || !bottom.current) return;
    const { initialView, tiles = null, basemapUrl } = latest.current.props;
    const created = new MapScene({
      container: container.current,
      edges: { left: left.current, bottom: bottom.current },
      view: initialView,
      tiles,
      events: eventsFor(latest),
      ...(basemapUrl === undefined ? {} : { basemapUrl }),
    });
    setScene(created);
    return () => {
      setScene(null);
      created.destroy();
    };
  }, [tilesKey]);
  const refs = useMemo(() => ({ container, left, bottom }), []);
  return { scene, refs };
}

function eventsFor(latest: { current: { props: SensorMapProps; setters: Setters } }): SceneEvents {
  const props = () => latest.current.props;
  const setters = () => latest.current.setters;
  return {
    onViewport: (viewport) => props().onViewportChange?.(viewport),
    onPoint: (pointed) => setters().setPointed(pointed),
    onSelect: (item) => props().onSelect?.(item),
    onOpenCluster: (cluster, separable) => props().onOpenCluster?.(cluster, separable),
    onTilesState: (state) => setters().setTilesState(state),
    onPlace: (at) => props().onPlace?.(at),
    onDragHandle: (drag) => props().onDragHandle?.(drag),
    onPressHandle: (id) => props().onPressHandle?.(id),
    onVisit: (visit) => {
      if (!visit) {
        setters().setAnnouncement("");
        return;
      }
      const { item, place, count } = visit;
      const position = `${formatCount(place)} of ${formatCount(count)}`;
      const { noun = "sensors", valueDomain } = props();
      const kinds = valueDomain?.categories ? describeKinds(item, valueDomain.categories) : "";
      const words = [describeItem(item, noun), kinds].filter(Boolean).join(", ");
      setters().setAnnouncement(`${words}. ${position} visible. Enter opens.`);
    },
  };
}

/** Arrow keys, plus and minus are Leaflet's own. Tab is left alone: it must lead out of the map. */
function handleKey(event: KeyboardEvent, scene: MapScene): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const key = event.key.toLowerCase();
  if (key === "n") scene.visit(1);
  else if (key === "p") scene.visit(-1);
  else if (key === "enter") scene.openVisited();
  else if (key === "escape") scene.leaveVisited();
  else return;
  event.preventDefault();
}
