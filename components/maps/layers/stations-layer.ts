import { mercatorX, mercatorY } from "#lib/geo/mercator";
import type { DrawnMark } from "#lib/maps/hit-grid";
import { clusterRadiusPx } from "#lib/maps/overlap";
import type { MapItem } from "#lib/maps/spec";
import { type Frame, type Painter, visibleWorlds } from "../frame.ts";
import { drawCluster, wholeRing } from "./clusters-layer.ts";

const RADIUS_PX = 4.5;
const HALO_PX = 1.5;
const MARGIN_PX = 30;

/** Places without a state: dots, and rings with their count where they would touch. Legible over every colour below. */
export class StationsPainter implements Painter {
  #items: readonly MapItem[] = [];
  drawn: DrawnMark[] = [];

  setItems(items: readonly MapItem[]): void {
    this.#items = items;
  }

  isEmpty(): boolean {
    return this.#items.length === 0;
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = [];
    const { worldPx, originX, originY, widthPx, heightPx } = frame;
    for (const world of visibleWorlds(frame)) {
      this.#items.forEach((item, index) => {
        const xPx = (mercatorX(item.lon) + world) * worldPx - originX;
        const yPx = mercatorY(item.lat) * worldPx - originY;
        const isOff = xPx < -MARGIN_PX || yPx < -MARGIN_PX || xPx > widthPx + MARGIN_PX || yPx > heightPx + MARGIN_PX;
        if (isOff) return;
        this.drawn.push({ index, xPx, yPx, radiusPx: paintItem(context, frame, { item, xPx, yPx }) });
      });
    }
  }
}

/** The radius it was drawn with. */
function paintItem(
  context: CanvasRenderingContext2D,
  { palette }: Frame,
  { item, xPx, yPx }: { item: MapItem; xPx: number; yPx: number },
): number {
  if (item.kind === "cluster") {
    const radiusPx = clusterRadiusPx(item.count);
    drawCluster(context, { xPx, yPx, radiusPx, count: item.count, palette, shares: wholeRing(palette.ink2) });
    return radiusPx;
  }
  context.beginPath();
  context.arc(xPx, yPx, RADIUS_PX, 0, 2 * Math.PI);
  context.fillStyle = palette.ink;
  context.fill();
  context.lineWidth = HALO_PX;
  context.strokeStyle = palette.raised;
  context.stroke();
  return RADIUS_PX;
}
