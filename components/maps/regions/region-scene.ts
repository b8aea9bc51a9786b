import L from "leaflet";
import type { ClusterSource } from "#lib/maps/cluster";
import type { RegionCollection } from "#lib/maps/regions/cut-regions";
import { type Direction, regionTowards } from "#lib/maps/regions/next-region";
import type { MapItem } from "#lib/maps/spec";
import { basemapSource } from "../basemap-source.ts";
import { BasemapPainter } from "../layers/basemap-layer.ts";
import { CanvasLayer } from "../layers/canvas-layer.ts";
import { type MapPalette, readPalette, watchTheme } from "../palette.ts";
import { removeMap } from "../remove-map.ts";
import { RegionStations } from "./region-stations.ts";

export interface PointedRegion {
  id: string;
  /** The station under the pointer, when there is one. */
  station: MapItem | null;
  xPx: number;
  yPx: number;
}

/** What the scene tells its owner; the owner may replace the functions at any time. */
export interface RegionEvents {
  onPoint(pointed: PointedRegion | null): void;
  onSelect(id: string): void;
  onVisit(id: string | null): void;
}

const ZOOM_MAX = 14;
/** What "Fit all" leaves free around the areas. */
const FIT_PADDING_PX = 20;

/** Leaflet with areas coloured by value, without React. */
export class RegionScene {
  readonly map: L.Map;
  readonly #container: HTMLElement;
  readonly #events: RegionEvents;
  readonly #areas = new Map<string, L.Polygon>();
  readonly #layer = L.featureGroup();
  readonly #sheet: CanvasLayer;
  readonly #stations: RegionStations;
  readonly #stops: (() => void)[] = [];
  readonly #noDataFill: string;
  #palette: MapPalette;
  #shades: ReadonlyMap<string, number> = new Map();
  #order: readonly string[] = [];
  #selected: string | null = null;
  #pointed: string | null = null;

  /** `noDataFill`: the fill of areas without a value, `url(#…)` of a pattern. */
  constructor(container: HTMLElement, noDataFill: string, events: RegionEvents) {
    this.#container = container;
    this.#noDataFill = noDataFill;
    this.#events = events;
    this.#palette = readPalette(container);
    this.map = createMap(container);
    const source = basemapSource(undefined);
    const palette = () => this.#palette;
    const painters = [new BasemapPainter(source, { withLabels: false })];
    this.#sheet = new CanvasLayer({ pane: "basemap", painters, padding: 0.25, palette }).addTo(this.map);
    this.#layer.addTo(this.map);
    this.#stations = new RegionStations(this.map, palette);
    this.#stops.push(
      source.onTile(() => this.#sheet.requestPaint()),
      watchTheme(() => this.#refreshTheme()),
    );
    const resized = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    resized.observe(container);
    this.#stops.push(() => resized.disconnect());
    this.map.on("movestart", () => this.#point(null));
    this.map.on("click", (event) => {
      const found = this.#stations.find(event.containerPoint);
      if (found?.item.kind === "cluster") this.#stations.open(found.item);
    });
  }

  setRegions(regions: RegionCollection): void {
    this.#layer.clearLayers();
    this.#areas.clear();
    L.geoJSON(regions, {
      onEachFeature: (feature, layer) => {
        const id = String(feature.id);
        if (!(layer instanceof L.Polygon)) return;
        const area: L.Polygon = layer;
        this.#areas.set(id, area);
        area.on("mousemove", (event) => this.#point(id, event.containerPoint));
        area.on("mouseout", () => this.#point(null));
        area.on("click", (event) => {
          if (this.#stations.find(event.containerPoint)?.item.kind !== "cluster") this.#events.onSelect(id);
        });
        area.addTo(this.#layer);
      },
    });
    this.#restyle();
    this.fit();
  }

  /** Colours 1 to 7 by area, and the areas in the order in which N and P go through them. */
  setShades(shades: ReadonlyMap<string, number>, order: readonly string[]): void {
    this.#shades = shades;
    this.#order = order;
    this.#restyle();
  }

  setStations(points: readonly ClusterSource[]): void {
    this.#stations.setPoints(points);
  }

  setSelected(id: string | null): void {
    const isNew = id !== this.#selected;
    this.#selected = id;
    this.#restyle();
    const centre = isNew && id !== null ? this.#areas.get(id)?.getBounds().getCenter() : undefined;
    if (centre && !this.map.getBounds().contains(centre)) this.map.panTo(centre);
  }

  /** Shows the areas with values; all where none has one. */
  fit(): void {
    const withValue = [...this.#areas].filter(([id]) => this.#shades.has(id)).map(([, area]) => area.getBounds());
    const [first, ...others] = withValue;
    const bounds = first ? others.reduce((all, one) => all.extend(one), first) : this.#layer.getBounds();
    const padding: L.PointTuple = [FIT_PADDING_PX, FIT_PADDING_PX];
    if (bounds.isValid()) this.map.fitBounds(bounds, { padding, animate: false });
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  panTowards(direction: Direction): void {
    const step = 80;
    const by = { up: [0, -step], down: [0, step], left: [-step, 0], right: [step, 0] }[direction] as L.PointTuple;
    this.map.panBy(by, { animate: false });
  }

  /** The next (or previous) area, the largest value first. */
  visit(step: 1 | -1): void {
    const count = this.#order.length;
    if (count === 0) return;
    const current = this.#pointed === null ? -1 : this.#order.indexOf(this.#pointed);
    const next = current < 0 ? (step > 0 ? 0 : count - 1) : (current + step + count) % count;
    this.#visit(this.#order[next]!);
  }

  /** The neighbour in a direction; from nowhere the selected one, or the one with the largest value. */
  visitTowards(direction: Direction): void {
    const from = this.#pointed;
    const start = this.#selected ?? this.#order[0];
    const next = from === null ? start : regionTowards(this.#centres(), from, direction);
    if (next && this.#areas.has(next)) this.#visit(next);
  }

  openVisited(): void {
    if (this.#pointed !== null) this.#events.onSelect(this.#pointed);
  }

  leave(): void {
    this.#point(null);
    this.#events.onVisit(null);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    removeMap(this.map);
  }

  #centres() {
    return [...this.#areas].map(([id, area]) => {
      const { x, y } = this.map.project(area.getBounds().getCenter());
      return { id, x, y };
    });
  }

  #visit(id: string): void {
    const centre = this.#areas.get(id)!.getBounds().getCenter();
    if (!this.map.getBounds().contains(centre)) this.map.panTo(centre, { animate: false });
    this.#point(id, this.map.latLngToContainerPoint(centre), false);
    this.#events.onVisit(id);
  }

  #point(id: string | null, at?: L.Point, withStations = true): void {
    const before = this.#pointed;
    this.#pointed = id;
    if (before !== id) for (const changed of [before, id]) if (changed !== null) this.#style(changed);
    if (id === null || !at) {
      this.#events.onPoint(null);
      return;
    }
    const found = withStations ? this.#stations.find(at) : null;
    const { xPx, yPx } = found ?? { xPx: at.x, yPx: at.y };
    this.#events.onPoint({ id, station: found?.item ?? null, xPx, yPx });
  }

  #refreshTheme(): void {
    this.#palette = readPalette(this.#container);
    this.#sheet.requestPaint();
    this.#stations.repaint();
    this.#restyle();
  }

  #restyle(): void {
    for (const id of this.#areas.keys()) this.#style(id);
  }

  #style(id: string): void {
    const area = this.#areas.get(id);
    if (!area) return;
    const { sequence, surface, ink, focus } = this.#palette;
    const shade = this.#shades.get(id);
    const isMarked = id === this.#selected || id === this.#pointed;
    area.setStyle({
      fillColor: shade === undefined ? this.#noDataFill : sequence[shade - 1]!,
      fillOpacity: 1,
      color: id === this.#selected ? focus : isMarked ? ink : surface,
      weight: isMarked ? 2 : 0.75,
      opacity: 1,
    });
    if (isMarked) area.bringToFront();
  }
}

function createMap(container: HTMLElement): L.Map {
  const animated = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    // Arrow keys go through the areas.
    keyboard: false,
    minZoom: 2,
    maxZoom: ZOOM_MAX,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    fadeAnimation: animated,
    zoomAnimation: animated,
    inertia: animated,
  });
  const pane = map.createPane("basemap");
  pane.style.zIndex = "150";
  pane.style.pointerEvents = "none";
  map.setView([37.2, -119.6], 5, { animate: false });
  return map;
}
