import type { MapDraft, MapHandle } from "#lib/maps/spec";
import { type Frame, type Painter, toCanvas } from "../frame.ts";

/** A middle nearer to its corner than this would be taken for it. */
const MIDDLE_CLEAR_PX = 18;
const RADIUS_PX = { corner: 6, rim: 6, centre: 7, middle: 4 } as const;

/** An area being drawn or changed, with what can be dragged. */
export class DraftPainter implements Painter {
  draft: MapDraft | null = null;
  /** The handle under the pointer, or being dragged. */
  activeId: string | null = null;

  isEmpty(): boolean {
    return this.draft === null;
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    if (!this.draft) return;
    paintOutline(context, frame, this.draft);
    for (const handle of this.draft.handles) {
      if (isClear(handle, (lat, lon) => toCanvas(frame, lat, lon)))
        paintHandle(context, frame, handle, handle.id === this.activeId);
    }
  }
}

type Project = (lat: number, lon: number) => { xPx: number; yPx: number };

/** Whether a handle is far enough from its neighbour to be one of its own. */
export function isClear({ lat, lon, after }: MapHandle, project: Project): boolean {
  if (!after) return true;
  const [at, corner] = [project(lat, lon), project(after.lat, after.lon)];
  return Math.hypot(at.xPx - corner.xPx, at.yPx - corner.yPx) >= MIDDLE_CLEAR_PX;
}

function paintOutline(context: CanvasRenderingContext2D, frame: Frame, { rings, isOpen, isFaulty }: MapDraft): void {
  const { palette } = frame;
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(({ lat, lon }, i) => {
      const { xPx, yPx } = toCanvas(frame, lat, lon);
      if (i === 0) context.moveTo(xPx, yPx);
      else context.lineTo(xPx, yPx);
    });
    if (!isOpen) context.closePath();
  }
  const color = isFaulty ? palette.state.fault : palette.accent;
  context.globalAlpha = 0.16;
  context.fillStyle = color;
  context.fill("evenodd");
  context.globalAlpha = 1;
  context.lineJoin = "round";
  context.strokeStyle = palette.halo;
  context.lineWidth = 5;
  context.stroke();
  context.setLineDash(isOpen || isFaulty ? [6, 4] : []);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke();
  context.setLineDash([]);
}

function paintHandle(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { lat, lon, kind }: MapHandle,
  isActive: boolean,
) {
  const { palette } = frame;
  const { xPx, yPx } = toCanvas(frame, lat, lon);
  context.beginPath();
  context.arc(xPx, yPx, RADIUS_PX[kind] + (isActive ? 2 : 0), 0, 2 * Math.PI);
  context.fillStyle = kind === "centre" ? palette.ink : palette.raised;
  context.fill();
  context.strokeStyle = isActive ? palette.focus : kind === "middle" ? palette.accent : palette.ink;
  context.lineWidth = kind === "middle" ? 1.5 : 2;
  context.stroke();
}
