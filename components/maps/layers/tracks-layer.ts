import type { MapTrack } from "#lib/maps/spec";
import { type Frame, type Painter, toCanvas } from "../frame.ts";

/** Where something has been: a line with a halo, in the colour of its state. */
export class TracksPainter implements Painter {
  tracks: readonly MapTrack[] = [];

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    for (const track of this.tracks) paintTrack(context, frame, track);
  }
}

function paintTrack(context: CanvasRenderingContext2D, frame: Frame, { positions, state }: MapTrack): void {
  if (positions.length < 2) return;
  context.beginPath();
  positions.forEach(({ lat, lon }, index) => {
    const { xPx, yPx } = toCanvas(frame, lat, lon);
    if (index === 0) context.moveTo(xPx, yPx);
    else context.lineTo(xPx, yPx);
  });
  const { palette } = frame;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = palette.halo;
  context.lineWidth = 6;
  context.stroke();
  context.strokeStyle = state === "good" ? palette.accent : palette.state[state];
  context.lineWidth = state === "good" ? 2 : 3.5;
  context.stroke();
}
