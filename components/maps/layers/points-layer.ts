import { mercatorX, mercatorY } from "#lib/geo/mercator";
import type { DrawnMark } from "#lib/maps/hit-grid";
import { MAP_STATES, type MapItem, type MapState, type ValueDomain } from "#lib/maps/spec";
import { markClass } from "#lib/maps/value-classes";
import { type Frame, type Painter, visibleWorlds } from "../frame.ts";
import { MARK_RADIUS_PX, type Sprite, SpriteSheet } from "./sprites.ts";

export interface Colouring {
  by: "state" | "value";
  domain: ValueDomain | null;
}

/** Points of one state, ready to draw: index into the items and place on the unit square. */
interface Batch {
  state: MapState;
  index: Uint32Array;
  x: Float64Array;
  y: Float64Array;
  valueClass: Uint8Array;
}

/** Every single thing on the map, as its state's shape: quiet good ones first, exceptions over them. */
export class PointsPainter implements Painter {
  readonly #sprites = new SpriteSheet();
  readonly #scale: number;
  #batches: Batch[] = [];
  #colouring: Colouring = { by: "state", domain: null };
  /** What was drawn last, for hit testing; off-canvas points are not in it. */
  drawn: DrawnMark[] = [];

  /** `scale` shrinks the marks on small maps. */
  constructor(scale = 1) {
    this.#scale = scale;
  }

  setItems(items: readonly MapItem[], colouring: Colouring): void {
    this.#colouring = colouring;
    this.#batches = MAP_STATES.map((state) => batchOf(items, state, colouring));
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = [];
    for (const batch of this.#batches) {
      for (const world of visibleWorlds(frame)) this.#paintBatch(context, { frame, batch, world });
    }
  }

  #paintBatch(
    context: CanvasRenderingContext2D,
    { frame, batch, world }: { frame: Frame; batch: Batch; world: number },
  ) {
    const { worldPx, originX, originY, widthPx, heightPx } = frame;
    const radiusPx = MARK_RADIUS_PX[batch.state] * this.#scale;
    const sprites = this.#spritesFor(batch.state, frame, radiusPx);
    const ratio = frame.devicePixelRatio;
    const marginPx = radiusPx + 4;
    for (let i = 0; i < batch.index.length; i += 1) {
      const xPx = (batch.x[i]! + world) * worldPx - originX;
      const yPx = batch.y[i]! * worldPx - originY;
      if (xPx < -marginPx || yPx < -marginPx || xPx > widthPx + marginPx || yPx > heightPx + marginPx) continue;
      const { image, sidePx } = sprites[batch.valueClass[i]!]!;
      // Whole device pixels keep the copies sharp and let the browser copy instead of resample.
      const left = Math.round((xPx - sidePx / 2) * ratio) / ratio;
      const top = Math.round((yPx - sidePx / 2) * ratio) / ratio;
      context.drawImage(image, left, top, image.width / ratio, image.height / ratio);
      this.drawn.push({ index: batch.index[i]!, xPx, yPx, radiusPx });
    }
  }

  /** Class 0 is the state's own colour, or the silent grey when values are shown and this one is missing. */
  #spritesFor(state: MapState, frame: Frame, radiusPx: number): Sprite[] {
    const { palette } = frame;
    const byValue = this.#colouring.by === "value" && this.#colouring.domain !== null;
    const plain = byValue && state !== "reference" ? palette.state.silent : palette.state[state];
    const classes = this.#colouring.domain?.categories ? palette.categories : palette.sequence;
    const colors = byValue ? [plain, ...classes] : [plain];
    return colors.map((color) => this.#sprites.get({ state, color, radiusPx, outlined: byValue }, frame));
  }
}

function batchOf(items: readonly MapItem[], state: MapState, { by, domain }: Colouring): Batch {
  const index: number[] = [];
  items.forEach((item, i) => {
    // What moves has a painter of its own.
    if (item.kind === "point" && item.state === state && item.headingDeg === undefined) index.push(i);
  });
  const batch: Batch = {
    state,
    index: Uint32Array.from(index),
    x: new Float64Array(index.length),
    y: new Float64Array(index.length),
    valueClass: new Uint8Array(index.length),
  };
  index.forEach((itemIndex, i) => {
    const item = items[itemIndex]!;
    batch.x[i] = mercatorX(item.lon);
    batch.y[i] = mercatorY(item.lat);
    batch.valueClass[i] = by === "value" && domain ? markClass(item.value, domain) : 0;
  });
  return batch;
}
