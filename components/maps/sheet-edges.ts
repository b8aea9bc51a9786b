import L from "leaflet";
import { worldSizePx } from "#lib/geo/mercator";
import { type Frame, pixelRatio, prepareCanvas } from "./frame.ts";
import { EDGE_BOTTOM_PX, EDGE_LEFT_PX, paintBottomEdge, paintLeftEdge } from "./layers/edge-layer.ts";
import type { MapPalette } from "./palette.ts";

export interface EdgeCanvases {
  left: HTMLCanvasElement;
  bottom: HTMLCanvasElement;
}

/** Ticks, degrees and scale bar along the edges of the map; they follow every movement. */
export class SheetEdges {
  readonly #map: L.Map;
  readonly #canvases: EdgeCanvases;
  readonly #palette: () => MapPalette;
  #request = 0;
  #reservedRightPx = 0;

  constructor(map: L.Map, canvases: EdgeCanvases, palette: () => MapPalette) {
    this.#map = map;
    this.#canvases = canvases;
    this.#palette = palette;
    map.on("move zoom resize", () => this.requestPaint());
    this.#paint();
  }

  /** Keeps tick labels clear of the attribution. */
  reserveRight(widthPx: number): void {
    this.#reservedRightPx = widthPx;
    this.requestPaint();
  }

  requestPaint(): void {
    this.#request ||= requestAnimationFrame(() => this.#paint());
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
  }

  #paint(): void {
    this.#request = 0;
    const size = this.#map.getSize();
    const origin = this.#map.getPixelBounds().min ?? L.point(0, 0);
    const zoom = this.#map.getZoom();
    const whole: Frame = {
      zoom,
      worldPx: worldSizePx(zoom),
      originX: origin.x,
      originY: origin.y,
      widthPx: size.x,
      heightPx: size.y,
      devicePixelRatio: pixelRatio(),
      palette: this.#palette(),
    };
    const { left, bottom } = this.#canvases;
    const leftContext = prepareCanvas(left, { ...whole, widthPx: EDGE_LEFT_PX });
    if (leftContext) paintLeftEdge(leftContext, whole);
    const bottomContext = prepareCanvas(bottom, { ...whole, heightPx: EDGE_BOTTOM_PX });
    if (bottomContext) paintBottomEdge(bottomContext, whole, { reservedRightPx: this.#reservedRightPx });
  }
}
