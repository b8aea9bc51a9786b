import type { MapState } from "#lib/maps/spec";
import type { MapPalette } from "../palette.ts";

/** Radius of the shape's square; the shapes inside have the proportions of the state marks. */
export const MARK_RADIUS_PX: Record<MapState, number> = {
  good: 5.6,
  recovered: 6.2,
  silent: 7,
  suspect: 7,
  fault: 7,
  reference: 6.6,
};
const HALO_PX = 1.4;

export interface MarkStyle {
  state: MapState;
  /** Fill or stroke of the shape. */
  color: string;
  radiusPx: number;
  /** A thin dark line instead of the halo: the palest value colours would vanish on the land. */
  outlined?: boolean;
}

/** Draws one state mark: a shape per state, in a halo that lifts it off the basemap. */
export function drawMark(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  style: MarkStyle,
  at: { xPx: number; yPx: number; palette: MapPalette },
): void {
  const { state, color, radiusPx, outlined = false } = style;
  const { xPx, yPx, palette } = at;
  const path = markPath(state, { xPx, yPx, radiusPx });
  context.lineJoin = state === "reference" ? "miter" : "round";
  if (state === "silent") {
    context.lineWidth = 2;
    context.strokeStyle = color;
    context.setLineDash([2.4, 1.6]);
    context.stroke(path);
    context.setLineDash([]);
    return;
  }
  if (state === "reference") {
    context.fillStyle = color === palette.state.reference ? palette.halo : color;
    context.fill(path);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.6;
    context.stroke(path);
    context.fillStyle = palette.ink;
    context.beginPath();
    context.arc(xPx, yPx, radiusPx * 0.28, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  if (state === "recovered") {
    // A ring with its middle filled as the land's halo: good again, with a hole where the fault was.
    context.fillStyle = palette.halo;
    context.fill(path);
    context.strokeStyle = color;
    context.lineWidth = 2.4;
    context.stroke(path);
    return;
  }
  context.strokeStyle = outlined ? palette.borderStrong : palette.halo;
  context.lineWidth = outlined ? 2 : HALO_PX * 2;
  context.stroke(path);
  context.fillStyle = color;
  context.fill(path);
}

function markPath(state: MapState, { xPx: x, yPx: y, radiusPx: r }: { xPx: number; yPx: number; radiusPx: number }) {
  const path = new Path2D();
  switch (state) {
    case "recovered":
      path.arc(x, y, r * 0.78, 0, 2 * Math.PI);
      break;
    case "good":
      path.arc(x, y, r * 0.78, 0, 2 * Math.PI);
      break;
    case "silent":
      path.arc(x, y, r * 0.72, 0, 2 * Math.PI);
      break;
    case "suspect":
      path.moveTo(x, y - r * 1.05);
      path.lineTo(x + r * 1.05, y + r * 0.8);
      path.lineTo(x - r * 1.05, y + r * 0.8);
      path.closePath();
      break;
    case "fault":
      path.moveTo(x, y - r * 1.18);
      path.lineTo(x + r * 1.18, y);
      path.lineTo(x, y + r * 1.18);
      path.lineTo(x - r * 1.18, y);
      path.closePath();
      break;
    case "reference":
      path.roundRect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7, 1);
      break;
  }
  return path;
}

export interface Sprite {
  image: ImageBitmap;
  sidePx: number;
}

/** Marks drawn once per colour and copied afterwards: 10,000 copies cost what 500 paths would. */
export class SpriteSheet {
  readonly #sprites = new Map<string, Sprite>();
  #ratio = 0;
  #palette: MapPalette | null = null;

  get(style: MarkStyle, { palette, devicePixelRatio }: { palette: MapPalette; devicePixelRatio: number }): Sprite {
    if (this.#palette !== palette || this.#ratio !== devicePixelRatio) this.#sprites.clear();
    this.#palette = palette;
    this.#ratio = devicePixelRatio;
    const key = `${style.state} ${style.color} ${style.radiusPx} ${style.outlined === true}`;
    const known = this.#sprites.get(key);
    if (known) return known;
    const sprite = drawSprite(style, palette, devicePixelRatio);
    this.#sprites.set(key, sprite);
    return sprite;
  }
}

function drawSprite(style: MarkStyle, palette: MapPalette, ratio: number): Sprite {
  const sidePx = Math.ceil(style.radiusPx * 2.4 + HALO_PX * 2 + 2);
  const canvas = new OffscreenCanvas(Math.ceil(sidePx * ratio), Math.ceil(sidePx * ratio));
  const context = canvas.getContext("2d");
  context?.scale(ratio, ratio);
  if (context) drawMark(context, style, { xPx: sidePx / 2, yPx: sidePx / 2, palette });
  return { image: canvas.transferToImageBitmap(), sidePx };
}
