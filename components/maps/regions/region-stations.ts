import L from "leaflet";
import { normaliseBbox } from "#lib/geo/bbox";
import { type ClusterSource, clusterViewport } from "#lib/maps/cluster";
import { buildHitGrid, type HitGrid } from "#lib/maps/hit-grid";
import type { MapCluster, MapItem } from "#lib/maps/spec";
import { CanvasLayer } from "../layers/canvas-layer.ts";
import { StationsPainter } from "../layers/stations-layer.ts";
import type { MapPalette } from "../palette.ts";

const PANE = "stations";
/** Over the areas (400), under Leaflet's own marks. */
const PANE_Z_INDEX = "450";
const SLACK_PX = 5;
/** The grouping looks beyond the view by this share, as far as the canvas is painted. */
const PADDING = 0.25;

/** Points over the areas, grouped by what the view shows. */
export class RegionStations {
  readonly #map: L.Map;
  readonly #painter = new StationsPainter();
  readonly #layer: CanvasLayer;
  #points: readonly ClusterSource[] = [];
  #items: MapItem[] = [];
  #hits: HitGrid | null = null;

  constructor(map: L.Map, palette: () => MapPalette) {
    this.#map = map;
    const pane = map.createPane(PANE);
    pane.style.zIndex = PANE_Z_INDEX;
    pane.style.pointerEvents = "none";
    const forgetHits = {
      paint: () => {
        this.#hits = null;
      },
      isEmpty: () => true,
    };
    const painters = [this.#painter, forgetHits];
    // Grouped before the layer, which is added later, paints at the same event.
    map.on("moveend", () => this.#group());
    this.#layer = new CanvasLayer({ pane: PANE, painters, padding: PADDING, palette }).addTo(map);
  }

  setPoints(points: readonly ClusterSource[]): void {
    this.#points = points;
    this.#group();
    this.repaint();
  }

  repaint(): void {
    this.#layer.requestPaint();
  }

  /** What is drawn under a place of the map's box, and where it is. */
  find(at: L.Point): { item: MapItem; xPx: number; yPx: number } | null {
    if (this.#items.length === 0) return null;
    this.#hits ??= buildHitGrid(this.#painter.drawn);
    // From the map's box to the canvas, which is larger and does not move while the map is panned.
    const offset = this.#map.containerPointToLayerPoint([0, 0]).subtract(L.DomUtil.getPosition(this.#layer.canvas));
    const mark = this.#hits.find(at.x + offset.x, at.y + offset.y, SLACK_PX);
    const item = mark ? this.#items[mark.index] : undefined;
    return mark && item ? { item, xPx: mark.xPx - offset.x, yPx: mark.yPx - offset.y } : null;
  }

  open({ bbox }: MapCluster): void {
    const corners: L.LatLngBoundsLiteral = [
      [bbox.south, bbox.west],
      [bbox.north, bbox.east],
    ];
    this.#map.fitBounds(corners, { padding: [60, 60] });
  }

  #group(): void {
    if (this.#points.length === 0 && this.#items.length === 0) return;
    const bounds = this.#map.getBounds().pad(PADDING);
    const bbox = normaliseBbox({
      ...{ west: bounds.getWest(), south: bounds.getSouth() },
      ...{ east: bounds.getEast(), north: bounds.getNorth() },
    });
    this.#items = clusterViewport(this.#points, { bbox, zoom: this.#map.getZoom() });
    this.#painter.setItems(this.#items);
    this.#hits = null;
  }
}
