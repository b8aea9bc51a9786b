import L from "leaflet";
import { worldSizePx } from "#lib/geo/mercator";
import { type Frame, type Painter, pixelRatio, prepareCanvas } from "../frame.ts";
import type { MapPalette } from "../palette.ts";

export interface CanvasLayerOptions {
  pane: string;
  painters: Painter[];
  palette: () => MapPalette;
  /** How far the canvas reaches beyond each edge of the map, as a share of its size: room to pan without painting. */
  padding: number;
}

/**
 * A canvas that moves with the map pane. It is painted when the view comes to rest, scaled while a zoom runs, and
 * painted anew during a pan only when the pan leaves the padding, so most pan frames cost nothing.
 */
export class CanvasLayer extends L.Layer {
  readonly #settings: CanvasLayerOptions;
  readonly canvas: HTMLCanvasElement;
  #map: L.Map | null = null;
  #request = 0;
  #center = L.latLng(0, 0);
  #topLeft = L.point(0, 0);
  #paddingPx = L.point(0, 0);
  frame: Frame | null = null;

  constructor(settings: CanvasLayerOptions) {
    super({ pane: settings.pane });
    this.#settings = settings;
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated");
    this.canvas.style.pointerEvents = "none";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  override onAdd(map: L.Map): this {
    this.#map = map;
    map.getPane(this.#settings.pane)?.append(this.canvas);
    this.paintNow();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#request);
    this.canvas.remove();
    this.#map = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.paintNow(),
      moveend: () => this.paintNow(),
      resize: () => this.paintNow(),
      move: () => this.#paintWhenUncovered(),
      zoom: () => this.#map && this.#follow(this.#map.getCenter(), this.#map.getZoom()),
      zoomanim: (event) => {
        if (
          "center" in event &&
          event.center instanceof L.LatLng &&
          "zoom" in event &&
          typeof event.zoom === "number"
        ) {
          this.#follow(event.center, event.zoom);
        }
      },
    };
  }

  /** Paints with the next frame; several calls before it cost one painting. */
  requestPaint(): void {
    if (this.#request) return;
    this.#request = requestAnimationFrame(() => this.paintNow());
  }

  /** Position and content change together, so nothing flickers. */
  paintNow(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    const map = this.#map;
    if (!map) return;
    const size = map.getSize();
    this.#paddingPx = size.multiplyBy(this.#settings.padding).round();
    this.#topLeft = map.containerPointToLayerPoint(this.#paddingPx.multiplyBy(-1)).round();
    this.#center = map.getCenter();
    const origin = map.getPixelOrigin().add(this.#topLeft);
    const zoom = map.getZoom();
    this.frame = {
      zoom,
      worldPx: worldSizePx(zoom),
      originX: origin.x,
      originY: origin.y,
      widthPx: size.x + 2 * this.#paddingPx.x,
      heightPx: size.y + 2 * this.#paddingPx.y,
      devicePixelRatio: pixelRatio(),
      palette: this.#settings.palette(),
    };
    L.DomUtil.setPosition(this.canvas, this.#topLeft);
    const isEmpty = this.#settings.painters.every((painter) => painter.isEmpty?.() ?? false);
    if (isEmpty) {
      this.canvas.width = 0;
      return;
    }
    const context = prepareCanvas(this.canvas, this.frame);
    if (context) for (const painter of this.#settings.painters) painter.paint(context, this.frame);
  }

  #paintWhenUncovered(): void {
    if (!this.#map || this.#request || this.#map.getZoom() !== this.frame?.zoom) return;
    const moved = this.#map.containerPointToLayerPoint([0, 0]).subtract(this.#topLeft).subtract(this.#paddingPx);
    const covered = Math.abs(moved.x) <= this.#paddingPx.x && Math.abs(moved.y) <= this.#paddingPx.y;
    if (!covered) this.requestPaint();
  }

  /** Scales and shifts the bitmap painted last to where it belongs in another view. */
  #follow(center: L.LatLng, zoom: number): void {
    const map = this.#map;
    if (!map || !this.frame) return;
    const scale = map.getZoomScale(zoom, this.frame.zoom);
    const viewHalf = map.getSize().divideBy(2);
    const mapPane = map.getPane("mapPane");
    const shift = mapPane ? L.DomUtil.getPosition(mapPane) : L.point(0, 0);
    const newOrigin = map.project(center, zoom).subtract(viewHalf).add(shift).round();
    const oldHalf = viewHalf.add(this.#paddingPx);
    const offset = map.project(this.#center, zoom).subtract(oldHalf.multiplyBy(scale)).subtract(newOrigin);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }
}
