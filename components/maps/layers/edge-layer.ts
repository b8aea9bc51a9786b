import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "#lib/geo/mercator";
import { formatLatitude, formatLongitude, graticuleStepDeg, graticuleTicks, scaleBar } from "#lib/maps/graticule";
import { type Frame, frameRect } from "../frame.ts";

/** The strips along the edges: everything is drawn inside them. */
export const EDGE_LEFT_PX = 64;
export const EDGE_BOTTOM_PX = 48;
const TICK_PX = 5;

/** Ticks and latitudes at the left edge of the sheet. The frame is that of the whole map. */
export function paintLeftEdge(context: CanvasRenderingContext2D, frame: Frame): void {
  const { minY, maxY } = frameRect(frame);
  const step = graticuleStepDeg(frame.zoom);
  prepareText(context, frame);
  context.textAlign = "left";
  for (const lat of graticuleTicks(latitudeOf(maxY), latitudeOf(minY), step)) {
    const y = mercatorY(lat) * frame.worldPx - frame.originY;
    paintTick(context, [0, y, TICK_PX, y]);
    if (y > 60 && y < frame.heightPx - 20) paintText(context, formatLatitude(lat, step), 8, y + 0.5);
  }
}

export interface BottomEdgeOptions {
  /** Kept free at the right for the attribution. */
  reservedRightPx: number;
}

/** Ticks and longitudes at the bottom edge, and the scale bar above them. Drawn in the bottom strip's coordinates. */
export function paintBottomEdge(context: CanvasRenderingContext2D, frame: Frame, options: BottomEdgeOptions): void {
  const { minX, maxX } = frameRect(frame);
  const step = graticuleStepDeg(frame.zoom);
  prepareText(context, frame);
  context.textAlign = "left";
  for (const lon of graticuleTicks(longitudeOf(minX), longitudeOf(maxX), step)) {
    const x = mercatorX(lon) * frame.worldPx - frame.originX;
    paintTick(context, [x, EDGE_BOTTOM_PX, x, EDGE_BOTTOM_PX - TICK_PX]);
    if (x > 46 && x < frame.widthPx - options.reservedRightPx - 50) {
      paintText(context, formatLongitude(lon, step), x + 4, EDGE_BOTTOM_PX - 8);
    }
  }
  paintScaleBar(context, frame);
}

function paintScaleBar(context: CanvasRenderingContext2D, frame: Frame): void {
  const lat = latitudeOf((frame.originY + frame.heightPx / 2) / frame.worldPx);
  const { lengthPx, label } = scaleBar({ lat, zoom: frame.zoom, maxPx: Math.min(120, frame.widthPx * 0.25) });
  const right = frame.widthPx - 20;
  const top = 20;
  context.beginPath();
  context.moveTo(right - lengthPx, top);
  context.lineTo(right - lengthPx, top + 4);
  context.lineTo(right, top + 4);
  context.lineTo(right, top);
  context.moveTo(right - lengthPx / 2, top + 4);
  context.lineTo(right - lengthPx / 2, top + 1);
  context.strokeStyle = frame.palette.ink2;
  context.lineWidth = 1;
  context.stroke();
  context.strokeStyle = frame.palette.halo;
  context.textAlign = "center";
  paintText(context, label, right - lengthPx / 2, top - 8);
}

function prepareText(context: CanvasRenderingContext2D, frame: Frame): void {
  const { palette } = frame;
  context.font = `430 10px ${palette.fontFamily}`;
  context.fontStretch = "semi-condensed";
  context.textBaseline = "middle";
  context.fillStyle = palette.label;
  context.strokeStyle = palette.halo;
  context.lineJoin = "round";
}

function paintTick(context: CanvasRenderingContext2D, [x0, y0, x1, y1]: [number, number, number, number]): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.save();
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  context.stroke();
  context.restore();
}

function paintText(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.save();
  context.globalAlpha = 0.8;
  context.lineWidth = 3;
  context.strokeText(text, x, y);
  context.restore();
  context.fillText(text, x, y);
}
