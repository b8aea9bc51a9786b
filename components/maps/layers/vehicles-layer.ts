import { mercatorX, mercatorY } from "#lib/geo/mercator";
import type { DrawnMark } from "#lib/maps/hit-grid";
import { MAP_STATES, type MapItem, type MapPoint, type MapState } from "#lib/maps/spec";
import { type Frame, type Painter, visibleWorlds } from "../frame.ts";
import type { MapPalette } from "../palette.ts";
import { drawMark } from "./sprites.ts";

/** Headings are drawn to the nearest of these: finer turns nobody sees, and each is a picture of its own. */
const HEADING_STEP_DEG = 7.5;
const RADIUS_PX: Partial<Record<MapState, number>> = { good: 7, suspect: 9.5, fault: 9.5 };
const RADIUS_OTHER_PX = 7;

interface Vehicle {
  index: number;
  x: number;
  y: number;
  state: MapState;
  headingDeg: number;
}

/**
 * Moving things: a bare arrow where all is well, an arrow inside the state's shape where it is not, so that the state
 * is read without its colour. Drawn once per state and heading and copied, so that ten thousand cost little.
 */
export class VehiclesPainter implements Painter {
  readonly #sprites = new Map<string, { image: ImageBitmap; sidePx: number }>();
  #palette: MapPalette | null = null;
  #ratio = 0;
  #vehicles: Vehicle[] = [];
  drawn: DrawnMark[] = [];

  setItems(items: readonly MapItem[]): void {
    const vehicles = items.flatMap((item, index): Vehicle[] => {
      if (item.kind !== "point" || item.headingDeg === undefined) return [];
      const { lat, lon, state, headingDeg } = item;
      return [{ index, x: mercatorX(lon), y: mercatorY(lat), state, headingDeg: stepped(headingDeg) }];
    });
    const order = (state: MapState) => MAP_STATES.indexOf(state);
    this.#vehicles = vehicles.sort((a, b) => order(a.state) - order(b.state));
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = [];
    for (const world of visibleWorlds(frame)) {
      for (const vehicle of this.#vehicles) this.#paintOne(context, frame, { vehicle, world });
    }
  }

  #paintOne(
    context: CanvasRenderingContext2D,
    frame: Frame,
    { vehicle, world }: { vehicle: Vehicle; world: number },
  ): void {
    const { worldPx, originX, originY, widthPx, heightPx, devicePixelRatio: ratio } = frame;
    const xPx = (vehicle.x + world) * worldPx - originX;
    const yPx = vehicle.y * worldPx - originY;
    if (xPx < -16 || yPx < -16 || xPx > widthPx + 16 || yPx > heightPx + 16) return;
    const { image, sidePx } = this.#spriteOf(vehicle, frame);
    const left = Math.round((xPx - sidePx / 2) * ratio) / ratio;
    const top = Math.round((yPx - sidePx / 2) * ratio) / ratio;
    context.drawImage(image, left, top, image.width / ratio, image.height / ratio);
    this.drawn.push({ index: vehicle.index, xPx, yPx, radiusPx: radiusOf(vehicle.state) });
  }

  #spriteOf({ state, headingDeg }: Vehicle, { palette, devicePixelRatio: ratio }: Frame) {
    if (this.#palette !== palette || this.#ratio !== ratio) this.#sprites.clear();
    this.#palette = palette;
    this.#ratio = ratio;
    const key = `${state} ${headingDeg}`;
    const known = this.#sprites.get(key);
    if (known) return known;
    const sidePx = Math.ceil(radiusOf(state) * 2.6 + 4);
    const canvas = new OffscreenCanvas(Math.ceil(sidePx * ratio), Math.ceil(sidePx * ratio));
    const context = canvas.getContext("2d");
    context?.scale(ratio, ratio);
    if (context) drawVehicle(context, { state, headingDeg }, { xPx: sidePx / 2, yPx: sidePx / 2, palette });
    const sprite = { image: canvas.transferToImageBitmap(), sidePx };
    this.#sprites.set(key, sprite);
    return sprite;
  }
}

const stepped = (deg: number) => (Math.round(deg / HEADING_STEP_DEG) * HEADING_STEP_DEG) % 360;
const radiusOf = (state: MapState) => RADIUS_PX[state] ?? RADIUS_OTHER_PX;

/** One vehicle around a place of the canvas. */
export function drawVehicle(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { state, headingDeg }: Required<Pick<MapPoint, "state" | "headingDeg">>,
  at: { xPx: number; yPx: number; palette: MapPalette },
): void {
  const { xPx, yPx, palette } = at;
  const isBare = state === "good";
  if (!isBare) drawMark(context, { state, color: palette.state[state], radiusPx: radiusOf(state) }, at);
  if (state === "silent") return;
  context.save();
  // The middle of the triangle's area lies below that of its box.
  context.translate(xPx, yPx + (state === "suspect" ? 1.6 : 0));
  context.rotate((headingDeg * Math.PI) / 180);
  const scale = isBare ? 0.92 : state === "suspect" ? 0.5 : 0.66;
  context.scale(scale, scale);
  const arrow = new Path2D("M0,-7.5L5.6,6L0,3.2L-5.6,6Z");
  context.lineJoin = "round";
  if (isBare) {
    context.strokeStyle = palette.halo;
    context.lineWidth = 3;
    context.stroke(arrow);
  }
  context.fillStyle = isBare ? palette.accent : state === "suspect" ? "#221a08" : palette.raised;
  context.fill(arrow);
  context.restore();
}
