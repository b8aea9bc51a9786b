import type { Rect } from "#lib/maps/basemap/clip";
import { rectsMeet } from "#lib/maps/basemap/clip";
import type { BasemapLabel, BasemapLabelKind, BasemapTile } from "#lib/maps/basemap/tile";
import type { Frame } from "../frame.ts";

interface LabelPiece {
  tile: BasemapTile;
  clip: Rect;
  world: number;
}

interface Kind {
  fromZoom: number;
  toZoom: number;
  font: string;
  /** Names of regions are spaced capitals, those of places are not. */
  capitals: boolean;
}

const KINDS: Record<BasemapLabelKind, Kind> = {
  country: { fromZoom: 2, toZoom: 7, font: "500 11px", capitals: true },
  state: { fromZoom: 4.5, toZoom: 8.5, font: "500 11px", capitals: true },
  county: { fromZoom: 7.5, toZoom: 13, font: "500 11px", capitals: false },
};
/** A name disappears this many zooms after it first fits: by then its place fills the screen. */
const ZOOMS_SHOWN = 5;
const PRIORITY: BasemapLabelKind[] = ["country", "state", "county"];

/** Names that have room, countries first, none over another. */
export function paintLabels(context: CanvasRenderingContext2D, frame: Frame, pieces: readonly LabelPiece[]): void {
  const taken: Rect[] = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = frame.palette.label;
  context.strokeStyle = frame.palette.halo;
  context.lineWidth = 3;
  context.lineJoin = "round";
  for (const kind of PRIORITY) {
    const { font, capitals } = KINDS[kind];
    context.font = `${font} ${frame.palette.fontFamily}`;
    context.letterSpacing = capitals ? "0.06em" : "0em";
    for (const { label, world } of candidates(frame, pieces, kind)) paintLabel(context, frame, { label, world, taken });
  }
  context.letterSpacing = "0em";
  context.globalAlpha = 1;
}

function candidates(frame: Frame, pieces: readonly LabelPiece[], kind: BasemapLabelKind) {
  const { fromZoom, toZoom } = KINDS[kind];
  if (frame.zoom < fromZoom || frame.zoom > toZoom) return [];
  return pieces
    .flatMap(({ tile, clip, world }) =>
      tile.labels
        .filter((label) => label.kind === kind && frame.zoom >= label.fromZoom && isIn(label, clip))
        .filter((label) => frame.zoom <= Math.max(label.fromZoom, fromZoom) + ZOOMS_SHOWN)
        .map((label) => ({ label, world })),
    )
    .sort((a, b) => a.label.fromZoom - b.label.fromZoom);
}

function isIn({ x, y }: BasemapLabel, clip: Rect): boolean {
  return x >= clip.minX && x < clip.maxX && y >= clip.minY && y < clip.maxY;
}

function paintLabel(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { label, world, taken }: { label: BasemapLabel; world: number; taken: Rect[] },
): void {
  const text = KINDS[label.kind].capitals ? label.text.toUpperCase() : label.text;
  const x = (label.x + world) * frame.worldPx - frame.originX;
  const y = label.y * frame.worldPx - frame.originY;
  const half = context.measureText(text).width / 2 + 6;
  const box = { minX: x - half, maxX: x + half, minY: y - 9, maxY: y + 9 };
  if (taken.some((other) => rectsMeet(other, box))) return;
  taken.push(box);
  context.globalAlpha = 0.9;
  context.strokeText(text, x, y);
  context.globalAlpha = label.kind === "county" ? 0.85 : 0.8;
  context.fillText(text, x, y);
}
