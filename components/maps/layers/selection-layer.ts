import type { Position } from "#lib/geo/position";
import { clusterRadiusPx } from "#lib/maps/overlap";
import type { MapItem, MapPoint } from "#lib/maps/spec";
import { type Frame, type Painter, toCanvas } from "../frame.ts";
import { drawMark } from "./sprites.ts";
import { drawVehicle } from "./vehicles-layer.ts";

export interface Selection {
  item: MapPoint;
  /** Its reference station, to which a dashed line leads. */
  reference: Position | null;
}

const RING_PX = 15;

/** The selected point (ink ring, name, line to its reference) and the one under pointer or keyboard. */
export class SelectionPainter implements Painter {
  selection: Selection | null = null;
  highlighted: MapItem | null = null;

  isEmpty(): boolean {
    return this.selection === null && this.highlighted === null;
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    if (this.highlighted && this.highlighted.id !== this.selection?.item.id)
      drawHighlight(context, frame, this.highlighted);
    if (this.selection) drawSelection(context, frame, this.selection);
  }
}

function drawHighlight(context: CanvasRenderingContext2D, frame: Frame, item: MapItem): void {
  const { xPx, yPx } = toCanvas(frame, item.lat, item.lon);
  context.beginPath();
  context.arc(xPx, yPx, item.kind === "cluster" ? clusterRadiusPx(item.count) + 4 : 11, 0, 2 * Math.PI);
  context.strokeStyle = frame.palette.surface;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = frame.palette.focus;
  context.lineWidth = 2;
  context.stroke();
}

function drawSelection(context: CanvasRenderingContext2D, frame: Frame, { item, reference }: Selection): void {
  const { palette } = frame;
  const at = toCanvas(frame, item.lat, item.lon);
  if (reference) {
    const end = toCanvas(frame, reference.lat, reference.lon);
    context.beginPath();
    context.moveTo(at.xPx, at.yPx);
    context.lineTo(end.xPx, end.yPx);
    context.setLineDash([3, 3]);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1;
    context.stroke();
    context.setLineDash([]);
  }
  context.beginPath();
  context.arc(at.xPx, at.yPx, RING_PX, 0, 2 * Math.PI);
  context.strokeStyle = palette.surface;
  context.lineWidth = 5;
  context.stroke();
  context.globalAlpha = 0.12;
  context.fillStyle = palette.state[item.state];
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.stroke();
  const { state, headingDeg } = item;
  if (headingDeg === undefined)
    drawMark(context, { state, color: palette.state[state], radiusPx: 8 }, { ...at, palette });
  else drawVehicle(context, { state, headingDeg }, { ...at, palette });
  drawName(context, frame, { ...at, text: item.label ?? item.id });
}

/** Long names are cut; the panel beside the map has them in full. */
const NAME_MAX = 28;

function drawName(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { xPx, yPx, text }: { xPx: number; yPx: number; text: string },
): void {
  const { palette } = frame;
  const name = text.length > NAME_MAX ? `${text.slice(0, NAME_MAX - 1)}…` : text;
  context.font = `600 12px ${palette.fontFamily}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.beginPath();
  context.roundRect(xPx + 20, yPx - 12, context.measureText(name).width + 16, 24, 5);
  context.fillStyle = palette.ink;
  context.fill();
  context.fillStyle = palette.bg;
  context.fillText(name, xPx + 28, yPx + 0.5);
}
