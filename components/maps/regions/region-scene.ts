import L from "leaflet";
import type { RegionCollection } from "#lib/maps/regions/cut-regions";
import type { ValueDomain } from "#lib/maps/spec";
import { valueClass } from "#lib/maps/value-classes";
import { basemapSource } from "../basemap-source.ts";
import { BasemapPainter } from "../layers/basemap-layer.ts";
import { CanvasLayer } from "../layers/canvas-layer.ts";
import { type MapPalette, readPalette, watchTheme } from "../palette.ts";

export interface PointedRegion {
  id: string;
  xPx: number;
  yPx: number;
}

/** What the scene tells its owner; the owner may replace the functions at any time. */
export interface RegionEvents {
  onPoint(pointed: PointedRegion | null): void;
  onSelect(id: string): void;
  onVisit(id: string | null): void;
}

type Area = L.Path & L.Polygon;

/** Leaflet with areas coloured by value, without React. */
export class RegionScene {
  readonly map: L.Map;
  readonly #container: HTMLElement;
  readonly #events: RegionEvents;
  readonly #areas = new Map<string, Area>();
  readonly #layer = L.featureGroup();
  readonly #sheet: CanvasLayer;
  readonly #stops: (() => void)[] = [];
  #palette: MapPalette;
  #values: ReadonlyMap<string, number> = new Map();
  #domain: ValueDomain | null = null;
  #selected: string | null = null;
  #pointed: string | null = null;
  #order: string[] = [];

  constructor(container: HTMLElement, events: RegionEvents) {
    this.#container = container;
    this.#events = events;
    this.#palette = readPalette(container);
    this.map = createMap(container);
    const source = basemapSource(undefined);
    this.#sheet = new CanvasLayer({
      pane: "basemap",
      painters: [new BasemapPainter(source, { withLabels: false })],
      padding: 0.25,
      palette: () => this.#palette,
    }).addTo(this.map);
    this.#layer.addTo(this.map);
    this.#stops.push(
      source.onTile(() => this.#sheet.requestPaint()),
      watchTheme(() => {
        this.#palette = readPalette(this.#container);
        this.#sheet.requestPaint();
        this.#restyle();
      }),
    );
    const resized = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    resized.observe(container);
    this.#stops.push(() => resized.disconnect());
    this.map.on("movestart", () => this.#point(null));
  }

  setRegions(regions: RegionCollection): void {
    this.#layer.clearLayers();
    this.#areas.clear();
    L.geoJSON(regions, {
      onEachFeature: (feature, layer) => {
        const id = String(feature.id);
        const area = layer as Area;
        this.#areas.set(id, area);
        area.on("mousemove", (event) => this.#point(id, event.containerPoint));
        area.on("mouseout", () => this.#point(null));
        area.on("click", () => this.#events.onSelect(id));
        area.addTo(this.#layer);
      },
    });
    this.#order = [...this.#areas.keys()];
    this.#restyle();
    this.fit();
  }

  setValues(values: ReadonlyMap<string, number>, domain: ValueDomain | null): void {
    this.#values = values;
    this.#domain = domain;
    const rank = (id: string) => values.get(id) ?? -Infinity;
    this.#order = [...this.#areas.keys()].sort((a, b) => rank(b) - rank(a) || a.localeCompare(b));
    this.#restyle();
  }

  setSelected(id: string | null): void {
    this.#selected = id;
    this.#restyle();
  }

  fit(): void {
    const bounds = this.#layer.getBounds();
    if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [24, 24], animate: false });
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  /** The next (or previous) area, the largest value first. */
  visit(direction: 1 | -1): void {
    const count = this.#order.length;
    if (count === 0) return;
    const current = this.#pointed === null ? -1 : this.#order.indexOf(this.#pointed);
    const next = this.#order[current < 0 ? (direction > 0 ? 0 : count - 1) : (current + direction + count) % count]!;
    const centre = this.#areas.get(next)!.getBounds().getCenter();
    if (!this.map.getBounds().contains(centre)) this.map.panTo(centre, { animate: false });
    this.#point(next, this.map.latLngToContainerPoint(centre));
    this.#events.onVisit(next);
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
    this.map.remove();
  }

  #point(id: string | null, at?: L.Point): void {
    const before = this.#pointed;
    this.#pointed = id;
    for (const changed of new Set([before, id])) if (changed !== null) this.#style(changed);
    this.#events.onPoint(id === null || !at ? null : { id, xPx: at.x, yPx: at.y });
  }

  #restyle(): void {
    for (const id of this.#areas.keys()) this.#style(id);
  }

  #style(id: string): void {
    const area = this.#areas.get(id);
    if (!area) return;
    const { sequence, land, surface, ink, focus } = this.#palette;
    const level = this.#domain === null ? 0 : valueClass(this.#values.get(id), this.#domain);
    const isMarked = id === this.#selected || id === this.#pointed;
    area.setStyle({
      fillColor: level > 0 ? sequence[level - 1]! : land,
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
    minZoom: 2,
    maxZoom: 11,
    zoomSnap: 0.25,
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
