import { clipLine, clipRing, growRect, intersectRects, type Rect, rectsMeet } from "#lib/maps/basemap/clip";
import { smoothLine, smoothRing } from "#lib/maps/basemap/smooth";
import {
  type BasemapLayerName,
  type BasemapShape,
  type BasemapTile,
  levelForZoom,
  tileRect,
  tilesIn,
} from "#lib/maps/basemap/tile";
import { graticuleStepDeg, graticuleTicks } from "#lib/maps/graticule";
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "#lib/geo/mercator";
import type { BasemapSource } from "../basemap-source.ts";
import { type Frame, frameRect, type Painter, visibleWorlds } from "../frame.ts";
import { paintLabels } from "./basemap-labels.ts";

/** From here the 1:10M coast is enlarged past its scale and gets its corners cut. */
const SMOOTH_FROM_ZOOM = 7;
const SMOOTH_PASSES = 2;
const COUNTIES_FROM_ZOOM = 6.5;
const STATES_FROM_ZOOM = 4;
/** Points closer than this to the one before cannot be seen, only paid for. */
const STEP_PX_MIN = 0.75;
/** Lines are cut this far outside the canvas, so that no cut end shows. */
const MARGIN_PX = 24;

/** A loaded tile, the part of it to draw, and the world copy to draw it in. */
interface Piece {
  tile: BasemapTile;
  clip: Rect;
  world: number;
}

/** Water, three soft shore lines, land, borders, dotted counties, names: the sheet under everything. */
export class BasemapPainter implements Painter {
  readonly #source: BasemapSource;
  readonly #withLabels: boolean;

  constructor(source: BasemapSource, options: { withLabels: boolean } = { withLabels: true }) {
    this.#source = source;
    this.#withLabels = options.withLabels;
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    context.fillStyle = frame.palette.water;
    context.fillRect(0, 0, frame.widthPx, frame.heightPx);
    const pieces = this.#pieces(frame);
    paintGraticule(context, frame);
    paintLand(context, frame, pieces);
    paintLines(context, frame, pieces);
    if (this.#withLabels) paintLabels(context, frame, pieces);
  }

  #pieces(frame: Frame): Piece[] {
    const rect = growRect(frameRect(frame), MARGIN_PX / frame.worldPx);
    const level = levelForZoom(frame.zoom);
    return visibleWorlds(frame).flatMap((world) => {
      const inWorld = { ...rect, minX: rect.minX - world, maxX: rect.maxX - world };
      return tilesIn(inWorld, level).flatMap((address) => {
        const tile = this.#source.best(address);
        return tile ? [{ tile, clip: intersectRects(tileRect(address), inWorld), world }] : [];
      });
    });
  }
}

function paintGraticule(context: CanvasRenderingContext2D, frame: Frame): void {
  const step = graticuleStepDeg(frame.zoom);
  const { minX, maxX, minY, maxY } = frameRect(frame);
  context.beginPath();
  for (const lon of graticuleTicks(longitudeOf(minX), longitudeOf(maxX), step)) {
    const x = Math.round(mercatorX(lon) * frame.worldPx - frame.originX) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, frame.heightPx);
  }
  for (const lat of graticuleTicks(latitudeOf(maxY), latitudeOf(minY), step)) {
    const y = Math.round(mercatorY(lat) * frame.worldPx - frame.originY) + 0.5;
    context.moveTo(0, y);
    context.lineTo(frame.widthPx, y);
  }
  context.lineWidth = 1;
  context.strokeStyle = frame.palette.graticule;
  context.stroke();
}

function paintLand(context: CanvasRenderingContext2D, frame: Frame, pieces: Piece[]): void {
  const { palette } = frame;
  const coast = linePath(frame, pieces, "coast");
  // Round joins on wide lines are the dearest thing a canvas does; on a dense coast they look the same.
  context.lineJoin = "bevel";
  for (const [widthPx, opacity] of [
    [22, 0.35],
    [13, 0.4],
    [6, 0.55],
  ] as const) {
    stroke(context, coast, { color: palette.graticule, widthPx, opacity });
  }
  context.fillStyle = palette.land;
  context.fill(ringPath(frame, pieces));
  // The two atlases do not meet exactly along the US border: land colour closes the slivers between them.
  stroke(context, linePath(frame, pieces, "borders"), { color: palette.land, widthPx: sliverPx(frame.zoom) });
  context.lineJoin = "round";
  stroke(context, coast, { color: palette.coast, widthPx: 0.9 });
}

/** About 3 km on the ground, at most what hides nothing else. */
function sliverPx(zoom: number): number {
  return Math.min(14, Math.max(2, 2 ** (zoom - 6.5)));
}

function paintLines(context: CanvasRenderingContext2D, frame: Frame, pieces: Piece[]): void {
  const { palette, zoom } = frame;
  if (zoom >= COUNTIES_FROM_ZOOM) {
    context.setLineDash([1.5, 2.5]);
    stroke(context, linePath(frame, pieces, "counties"), { color: palette.border, widthPx: 0.8 });
    context.setLineDash([]);
  }
  if (zoom >= STATES_FROM_ZOOM) {
    const color = zoom >= COUNTIES_FROM_ZOOM ? palette.borderStrong : palette.border;
    stroke(context, linePath(frame, pieces, "states"), { color, widthPx: 0.8 });
  }
  stroke(context, linePath(frame, pieces, "borders"), { color: palette.borderStrong, widthPx: zoom < 4 ? 0.7 : 1 });
}

function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  { color, widthPx, opacity = 1 }: { color: string; widthPx: number; opacity?: number },
): void {
  context.globalAlpha = opacity;
  context.strokeStyle = color;
  context.lineWidth = widthPx;
  context.stroke(path);
  context.globalAlpha = 1;
}

function passesAt(zoom: number): number {
  return zoom >= SMOOTH_FROM_ZOOM ? SMOOTH_PASSES : 0;
}

function linePath(frame: Frame, pieces: Piece[], layer: Exclude<BasemapLayerName, "land">): Path2D {
  const path = new Path2D();
  const passes = passesAt(frame.zoom);
  for (const { tile, clip, world } of pieces) {
    for (const shape of tile[layer]) {
      if (!rectsMeet(shape.rect, clip)) continue;
      const lines = isInside(shape, clip) ? [shape.points] : clipLine(shape.points, clip);
      for (const line of lines) trace(path, passes > 0 ? smoothLine(line, passes) : line, { frame, world });
    }
  }
  return path;
}

function ringPath(frame: Frame, pieces: Piece[]): Path2D {
  const path = new Path2D();
  const passes = passesAt(frame.zoom);
  for (const { tile, clip: exact, world } of pieces) {
    const clip = growRect(exact, 0.6 / frame.worldPx);
    for (const shape of tile.land) {
      if (!rectsMeet(shape.rect, clip)) continue;
      const ring = isInside(shape, clip) ? shape.points : clipRing(shape.points, clip);
      if (ring.length < 6) continue;
      trace(path, passes > 0 ? smoothRing(ring, clip, passes) : ring, { frame, world });
      path.closePath();
    }
  }
  return path;
}

function isInside({ rect }: BasemapShape, clip: Rect): boolean {
  return rect.minX > clip.minX && rect.maxX < clip.maxX && rect.minY > clip.minY && rect.maxY < clip.maxY;
}

function trace(path: Path2D, points: ArrayLike<number>, { frame, world }: { frame: Frame; world: number }): void {
  const { worldPx, originX, originY } = frame;
  const shiftX = world * worldPx - originX;
  const last = points.length - 2;
  let lastX = 0;
  let lastY = 0;
  for (let i = 0; i <= last; i += 2) {
    const x = points[i]! * worldPx + shiftX;
    const y = points[i + 1]! * worldPx - originY;
    const isTooClose = Math.abs(x - lastX) < STEP_PX_MIN && Math.abs(y - lastY) < STEP_PX_MIN;
    if (i > 0 && i < last && isTooClose) continue;
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}
