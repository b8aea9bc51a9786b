import L from "leaflet";
import { type Bbox, bboxOf, crossesAntimeridian, normaliseBbox } from "#lib/geo/bbox";
import { buildHitGrid, type DrawnMark, type HitGrid } from "#lib/maps/hit-grid";
import { type Position, wrapLongitude } from "#lib/geo/position";
import type { MapArea, MapCluster, MapDraft, MapItem, MapPoint, MapTiles, MapTrack, MapView } from "#lib/maps/spec";
import { basemapSource } from "./basemap-source.ts";
import { DraftHandles, type HandleDrag } from "./draft-handles.ts";
import { AreasPainter } from "./layers/areas-layer.ts";
import { BasemapPainter } from "./layers/basemap-layer.ts";
import { CanvasLayer } from "./layers/canvas-layer.ts";
import { ClustersPainter } from "./layers/clusters-layer.ts";
import { DraftPainter } from "./layers/draft-layer.ts";
import { type Colouring, PointsPainter } from "./layers/points-layer.ts";
import { SelectionPainter } from "./layers/selection-layer.ts";
import { TilesLayer, type TilesState } from "./layers/tiles-layer.ts";
import { TracksPainter } from "./layers/tracks-layer.ts";
import { VehiclesPainter } from "./layers/vehicles-layer.ts";
import { type MapPalette, readPalette, watchTheme } from "./palette.ts";
import { removeMap } from "./remove-map.ts";
import { type EdgeCanvases, SheetEdges } from "./sheet-edges.ts";
import { byUrgency } from "./visit-order.ts";

export interface Viewport {
  bbox: Bbox;
  zoom: number;
  widthPx: number;
  heightPx: number;
}

export interface Pointed {
  item: MapItem;
  /** Where the item is, in pixels of the map's box. */
  xPx: number;
  yPx: number;
}

/** What the scene tells its owner; the owner may replace the functions at any time. */
export interface SceneEvents {
  onViewport(viewport: Viewport): void;
  onPoint(pointed: Pointed | null): void;
  onSelect(item: MapPoint): void;
  /** `separable` is false when zooming cannot take the cluster apart any further. */
  onOpenCluster(cluster: MapCluster, separable: boolean): void;
  onTilesState(state: TilesState): void;
  onVisit(visit: { item: MapItem; place: number; count: number } | null): void;
  /** A click where no item is. */
  onPlace(at: Position): void;
  onDragHandle(drag: HandleDrag): void;
  onPressHandle(id: string): void;
}

export interface SceneOptions {
  container: HTMLElement;
  edges: EdgeCanvases;
  view: MapView;
  tiles: MapTiles | null;
  basemapUrl?: string;
  events: SceneEvents;
}

const ZOOM_MAX = 18;
const PANES = { basemap: "150", items: "450", selection: "460" };
const MOUSE_SLACK_PX = 3;
const TOUCH_SLACK_PX = 14;
const VIEWPORT_DEBOUNCE_MS = 150;

/** The Leaflet map with its layers, without React: it owns the canvases, the pointer and the order of painting. */
export class MapScene {
  readonly map: L.Map;
  readonly #options: SceneOptions;
  readonly #points = new PointsPainter();
  readonly #clusters = new ClustersPainter();
  readonly #vehicles = new VehiclesPainter();
  readonly #tracks = new TracksPainter();
  readonly #areas = new AreasPainter();
  readonly #selection = new SelectionPainter();
  readonly #draft = new DraftPainter();
  readonly #layers: { basemap: CanvasLayer; items: CanvasLayer; selection: CanvasLayer };
  readonly #edges: SheetEdges;
  readonly #handles: DraftHandles;
  readonly #stops: (() => void)[] = [];
  readonly #tiles: TilesLayer | null;
  #palette: MapPalette;
  #items: readonly MapItem[] = [];
  #hits: { grid: HitGrid; marks: DrawnMark[] } | null = null;
  #viewportTimer = 0;
  #visited: string | null = null;

  constructor(options: SceneOptions) {
    this.#options = options;
    this.#palette = readPalette(options.container);
    this.map = createMap(options);
    const source = basemapSource(options.basemapUrl);
    const layer = (pane: keyof typeof PANES, painters: Painters, padding: number) =>
      new CanvasLayer({ pane, painters, padding, palette: () => this.#palette }).addTo(this.map);
    this.#layers = {
      basemap: layer("basemap", [new BasemapPainter(source)], 0.25),
      items: layer("items", [...this.#itemPainters(), { paint: () => this.#forgetHits() }], 0.25),
      selection: layer("selection", [this.#selection, this.#draft], 0.25),
    };
    this.#tiles = options.tiles ? new TilesLayer(this.map, options.tiles, (s) => options.events.onTilesState(s)) : null;
    this.#stops.push(
      source.onTile(() => this.#layers.basemap.requestPaint()),
      watchTheme(() => this.refreshTheme()),
    );
    // Text drawn before the font arrived would keep the fallback's shapes.
    if (document.fonts.status !== "loaded") void document.fonts.ready.then(() => this.#repaintAll());
    this.#toneTiles();
    this.#edges = new SheetEdges(this.map, options.edges, () => this.#palette);
    this.#handles = new DraftHandles(this.map, {
      onDrag: (drag) => options.events.onDragHandle(drag),
      onPress: (id) => options.events.onPressHandle(id),
      onActive: (id) => this.#activate(id),
    });
    this.#listen();
    this.#reportViewport(0);
  }

  setItems(items: readonly MapItem[], colouring: Colouring): void {
    this.#items = items;
    this.#points.setItems(items, colouring);
    this.#clusters.setItems(items, colouring);
    this.#vehicles.setItems(items);
    this.#layers.items.requestPaint();
  }

  setTracks(tracks: readonly MapTrack[]): void {
    this.#tracks.tracks = tracks;
    this.#layers.items.requestPaint();
  }

  setAreas(areas: readonly MapArea[], selectedId: string | null): void {
    this.#areas.setAreas(areas);
    this.#areas.selectedId = selectedId;
    this.#layers.items.requestPaint();
  }

  /** Shows an area being drawn or changed, over everything else. */
  setDraft(draft: MapDraft | null): void {
    this.#draft.draft = draft;
    this.#handles.setDraft(draft);
    this.#layers.selection.requestPaint();
  }

  setSelection(item: MapPoint | null, reference: Position | null): void {
    this.#selection.selection = item ? { item, reference } : null;
    this.#layers.selection.requestPaint();
  }

  /** Reads the colours again after the theme has changed. */
  refreshTheme(): void {
    this.#palette = readPalette(this.#options.container);
    this.#toneTiles();
    this.#repaintAll();
  }

  /** Keeps tick labels clear of the attribution. */
  setReservedRight(widthPx: number): void {
    this.#edges.reserveRight(widthPx);
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  /** Shows the box, or everything there is when none is given. */
  fit(bbox: Bbox | null): void {
    const target = bbox ?? bboxOf(this.#items);
    if (target) this.map.fitBounds(boundsOf(target), { maxZoom: 15, padding: [48, 48] });
  }

  /** Moves the view, without zooming, to where something is. */
  show({ lat, lon }: Position): void {
    this.map.panTo([lat, lon]);
  }

  /** Highlights the next (or previous) visible item, the most urgent first, and says which one it is. */
  visit(direction: 1 | -1): void {
    const order = byUrgency(this.#visible(), this.map.getSize());
    if (order.length === 0) {
      this.#leave();
      return;
    }
    const current = order.findIndex(({ item }) => item.id === this.#visited);
    const place =
      current < 0 ? (direction > 0 ? 0 : order.length - 1) : (current + direction + order.length) % order.length;
    const next = order[place];
    if (!next) return;
    this.#visited = next.item.id;
    this.#point(next);
    this.#options.events.onVisit({ item: next.item, place: place + 1, count: order.length });
  }

  /** Opens the item that keyboard steps have reached. */
  openVisited(): void {
    const item = this.#items.find(({ id }) => id === this.#visited);
    if (item) this.#open(item);
  }

  leaveVisited(): void {
    this.#leave();
  }

  destroy(): void {
    window.clearTimeout(this.#viewportTimer);
    this.#edges.stop();
    this.#handles.stop();
    this.#tiles?.remove();
    for (const stop of this.#stops) stop();
    removeMap(this.map);
  }

  #itemPainters(): Painters {
    return [this.#areas, this.#tracks, this.#points, this.#clusters, this.#vehicles];
  }

  #listen(): void {
    const { map } = this;
    const resized = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    resized.observe(this.#options.container);
    this.#stops.push(() => resized.disconnect());
    map.on("moveend", () => this.#reportViewport());
    map.on("movestart", () => this.#point(null));
    map.on("mousemove", (event) => this.#point(this.#find(event.containerPoint, MOUSE_SLACK_PX)));
    map.on("mouseout", () => this.#point(null));
    map.on("click", (event) => {
      const { originalEvent } = event;
      const isTouch = "pointerType" in originalEvent && originalEvent.pointerType === "touch";
      const found = this.#find(event.containerPoint, isTouch ? TOUCH_SLACK_PX : MOUSE_SLACK_PX);
      if (found) this.#open(found.item);
      else this.#options.events.onPlace({ lat: event.latlng.lat, lon: wrapLongitude(event.latlng.lng) });
    });
  }

  #open(item: MapItem): void {
    const { events } = this.#options;
    if (item.kind === "point") {
      events.onSelect(item);
      return;
    }
    const target = boundsOf(item.bbox);
    const zoom = Math.min(
      ZOOM_MAX,
      Math.max(this.map.getBoundsZoom(target, false, L.point(96, 96)), this.map.getZoom() + 1),
    );
    const { west, east, south, north } = item.bbox;
    const separable = this.map.getZoom() < ZOOM_MAX && (west !== east || south !== north);
    if (separable) this.map.setView(target.getCenter(), zoom);
    events.onOpenCluster(item, separable);
  }

  #point(pointed: Pointed | null): void {
    const before = this.#selection.highlighted;
    const item = pointed?.item ?? null;
    if (before === item) return;
    this.#selection.highlighted = item;
    this.map.getContainer().style.cursor = item ? "pointer" : "";
    this.#layers.selection.requestPaint();
    this.#options.events.onPoint(pointed);
  }

  #activate(handleId: string | null): void {
    if (this.#draft.activeId === handleId) return;
    this.#draft.activeId = handleId;
    this.#layers.selection.requestPaint();
  }

  #leave(): void {
    this.#visited = null;
    this.#point(null);
    this.#options.events.onVisit(null);
  }

  #find(at: L.Point, slackPx: number): Pointed | null {
    const offset = this.#itemsOffset();
    const mark = this.#hitGrid().grid.find(at.x + offset.x, at.y + offset.y, slackPx);
    return mark ? this.#pointedOf(mark) : null;
  }

  #visible(): Pointed[] {
    const size = this.map.getSize();
    return this.#hitGrid().marks.flatMap((mark) => {
      const pointed = this.#pointedOf(mark);
      const inside = pointed && pointed.xPx >= 0 && pointed.yPx >= 0 && pointed.xPx <= size.x && pointed.yPx <= size.y;
      return inside ? [pointed] : [];
    });
  }

  #pointedOf(mark: DrawnMark): Pointed | null {
    const item = this.#items[mark.index];
    const offset = this.#itemsOffset();
    return item ? { item, xPx: mark.xPx - offset.x, yPx: mark.yPx - offset.y } : null;
  }

  /** From the map's box to the items' canvas, which is larger and does not move while the map is panned. */
  #itemsOffset(): L.Point {
    return this.map.containerPointToLayerPoint([0, 0]).subtract(L.DomUtil.getPosition(this.#layers.items.canvas));
  }

  #hitGrid(): { grid: HitGrid; marks: DrawnMark[] } {
    const marks = () => [...this.#points.drawn, ...this.#clusters.drawn, ...this.#vehicles.drawn];
    this.#hits ??= ((drawn) => ({ grid: buildHitGrid(drawn), marks: drawn }))(marks());
    return this.#hits;
  }

  #forgetHits(): void {
    this.#hits = null;
  }

  /** Raster tiles are loud and always light; nothing under the points may be. */
  #toneTiles(): void {
    const pane = this.map.getPane("tilePane");
    const dark = "invert(1) hue-rotate(180deg) saturate(0.3) brightness(0.9)";
    if (pane) pane.style.filter = this.#palette.isDark ? dark : "saturate(0.4)";
  }

  #repaintAll(): void {
    for (const layer of Object.values(this.#layers)) layer.requestPaint();
    this.#edges.requestPaint();
  }

  #reportViewport(afterMs = VIEWPORT_DEBOUNCE_MS): void {
    window.clearTimeout(this.#viewportTimer);
    this.#viewportTimer = window.setTimeout(() => {
      const bounds = this.map.getBounds();
      const size = this.map.getSize();
      this.#options.events.onViewport({
        bbox: normaliseBbox({
          west: bounds.getWest(),
          south: Math.max(-90, bounds.getSouth()),
          east: bounds.getEast(),
          north: Math.min(90, bounds.getNorth()),
        }),
        zoom: this.map.getZoom(),
        widthPx: size.x,
        heightPx: size.y,
      });
    }, afterMs);
  }
}

type Painters = ConstructorParameters<typeof CanvasLayer>[0]["painters"];

function createMap({ container, view, tiles }: SceneOptions): L.Map {
  const animated = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    worldCopyJump: true,
    minZoom: 1,
    maxZoom: ZOOM_MAX,
    // Raster tiles are only sharp at whole zooms; the vector sheet is at any.
    zoomSnap: tiles ? 1 : 0.5,
    zoomDelta: 1,
    maxBounds: L.latLngBounds([-86, -100_000], [86, 100_000]),
    maxBoundsViscosity: 1,
    fadeAnimation: animated,
    zoomAnimation: animated,
    inertia: animated,
  });
  for (const [name, zIndex] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = "none";
  }
  if ("bbox" in view) map.fitBounds(boundsOf(view.bbox), { maxZoom: 15, padding: [48, 48], animate: false });
  else map.setView([view.lat, view.lon], view.zoom, { animate: false });
  return map;
}

/** A box across the antimeridian continues east of 180°. */
function boundsOf(box: Bbox): L.LatLngBounds {
  const east = crossesAntimeridian(box) ? box.east + 360 : box.east;
  return L.latLngBounds([box.south, box.west], [box.north, east]);
}
