import { mercatorX, mercatorY } from "#lib/geo/mercator";
import { type Rect, rectsMeet } from "#lib/maps/basemap/clip";
import type { MapArea } from "#lib/maps/spec";
import { type Frame, frameRect, type Painter } from "../frame.ts";

interface PreparedArea {
  area: MapArea;
  /** x, y of each corner on the Mercator plane. */
  rings: Float64Array[];
  box: Rect;
}

/** Smaller ones are a dot. */
const DOT_BELOW_PX = 7;
/** Corners nearer to the last one drawn make no difference that can be seen. */
const STEP_PX = 0.7;

/** Areas with their names. Corners are projected once; a painting only shifts and scales what is on the canvas. */
export class AreasPainter implements Painter {
  selectedId: string | null = null;
  #source: readonly MapArea[] = [];
  #areas: PreparedArea[] = [];

  setAreas(areas: readonly MapArea[]): void {
    if (areas === this.#source) return;
    this.#source = areas;
    // Small ones on top of those that hold them.
    this.#areas = areas.map(prepare).sort((a, b) => sizeOf(b.box) - sizeOf(a.box));
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    const shown = this.#areas.flatMap((area) => place(area, frame));
    const chosen = shown.filter(({ area }) => area.id === this.selectedId);
    for (const one of shown) if (one.area.id !== this.selectedId) paintArea(context, frame, one, false);
    for (const one of chosen) paintArea(context, frame, one, true);
    paintNames(context, frame, [...chosen, ...shown.toReversed()]);
  }
}

interface PlacedArea extends PreparedArea {
  /** From the Mercator plane to the canvas. */
  toXPx: (x: number) => number;
  toYPx: (y: number) => number;
  boxPx: Rect;
}

function prepare(area: MapArea): PreparedArea {
  const rings = area.rings.map((ring) =>
    Float64Array.from(ring.flatMap(({ lat, lon }) => [mercatorX(lon), mercatorY(lat)])),
  );
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  const border = rings[0] ?? new Float64Array(0);
  for (let i = 0; i < border.length; i += 2) {
    box.minX = Math.min(box.minX, border[i]!);
    box.maxX = Math.max(box.maxX, border[i]!);
    box.minY = Math.min(box.minY, border[i + 1]!);
    box.maxY = Math.max(box.maxY, border[i + 1]!);
  }
  return { area, rings, box };
}

const sizeOf = ({ minX, minY, maxX, maxY }: Rect) => (maxX - minX) * (maxY - minY);

/** In the copy of the world nearest to the middle; nothing when it is off the canvas. */
function place(area: PreparedArea, frame: Frame): PlacedArea[] {
  const { originX, originY, widthPx, heightPx, worldPx } = frame;
  const view = frameRect(frame);
  const { box } = area;
  const shift = Math.round((view.minX + view.maxX - box.minX - box.maxX) / 2);
  const toXPx = (x: number) => (x + shift) * worldPx - originX;
  const toYPx = (y: number) => y * worldPx - originY;
  const boxPx = { minX: toXPx(box.minX), maxX: toXPx(box.maxX), minY: toYPx(box.minY), maxY: toYPx(box.maxY) };
  const isSeen = rectsMeet(boxPx, { minX: -8, minY: -8, maxX: widthPx + 8, maxY: heightPx + 8 });
  return isSeen ? [{ ...area, toXPx, toYPx, boxPx }] : [];
}

function paintArea(context: CanvasRenderingContext2D, frame: Frame, area: PlacedArea, isSelected: boolean): void {
  const { palette } = frame;
  const { minX, maxX, minY, maxY } = area.boxPx;
  context.beginPath();
  if (Math.max(maxX - minX, maxY - minY) < DOT_BELOW_PX) {
    context.arc((minX + maxX) / 2, (minY + maxY) / 2, DOT_BELOW_PX / 2, 0, 2 * Math.PI);
  } else for (const ring of area.rings) traceRing(context, ring, area);
  context.globalAlpha = isSelected ? 0.24 : 0.1;
  context.fillStyle = palette.accent;
  context.fill("evenodd");
  context.globalAlpha = 1;
  context.lineJoin = "round";
  context.strokeStyle = palette.halo;
  context.lineWidth = isSelected ? 6 : 4;
  context.stroke();
  context.strokeStyle = isSelected ? palette.ink : palette.accent;
  context.lineWidth = isSelected ? 2.5 : 1.5;
  context.stroke();
}

function traceRing(context: CanvasRenderingContext2D, ring: Float64Array, { toXPx, toYPx }: PlacedArea): void {
  let [lastX, lastY] = [NaN, NaN];
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [toXPx(ring[i]!), toYPx(ring[i + 1]!)];
    if (Math.abs(x - lastX) < STEP_PX && Math.abs(y - lastY) < STEP_PX) continue;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  context.closePath();
}

/** Long names are cut; the list beside the map has them in full. */
const NAME_MAX = 28;

/** Names that have room, the first ones first, none over another. */
function paintNames(context: CanvasRenderingContext2D, { palette }: Frame, areas: readonly PlacedArea[]): void {
  const taken: Rect[] = [];
  context.font = `600 12px ${palette.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = palette.halo;
  context.fillStyle = palette.ink;
  for (const { area, boxPx } of areas) {
    const text = area.label.length > NAME_MAX ? `${area.label.slice(0, NAME_MAX - 1)}…` : area.label;
    const x = (boxPx.minX + boxPx.maxX) / 2;
    const isFlat = boxPx.maxY - boxPx.minY < 24;
    const y = isFlat ? boxPx.maxY + 11 : (boxPx.minY + boxPx.maxY) / 2;
    const half = context.measureText(text).width / 2 + 4;
    const box = { minX: x - half, maxX: x + half, minY: y - 8, maxY: y + 8 };
    if (taken.some((other) => rectsMeet(other, box))) continue;
    taken.push(box);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
