import { mercatorX, mercatorY, worldSizePx } from "#lib/geo/mercator";
import type { Rect } from "#lib/maps/basemap/clip";
import type { MapPalette } from "./palette.ts";

/** What a painter needs to know about the canvas it paints on. One CSS pixel is one unit; the canvas is scaled before. */
export interface Frame {
  zoom: number;
  worldPx: number;
  /** World pixel of the canvas' top left corner. */
  originX: number;
  originY: number;
  widthPx: number;
  heightPx: number;
  devicePixelRatio: number;
  palette: MapPalette;
}

/** Something that draws on a canvas layer. */
export interface Painter {
  paint(context: CanvasRenderingContext2D, frame: Frame): void;
  /** When every painter of a layer is empty, its canvas takes no memory and no time. */
  isEmpty?(): boolean;
}

/** The part of the Mercator plane on the canvas; x leaves 0…1 where neighbouring worlds show. */
export function frameRect({ originX, originY, widthPx, heightPx, worldPx }: Frame): Rect {
  return {
    minX: originX / worldPx,
    minY: originY / worldPx,
    maxX: (originX + widthPx) / worldPx,
    maxY: (originY + heightPx) / worldPx,
  };
}

/** By how many worlds east or west copies are visible: [0] when zoomed in. */
export function visibleWorlds(frame: Frame): number[] {
  const { minX, maxX } = frameRect(frame);
  const worlds: number[] = [];
  for (let world = Math.floor(minX); world < maxX; world += 1) worlds.push(world);
  return worlds;
}

/** Pixel on the canvas of a position, in the copy of the world nearest to the middle. */
export function toCanvas(frame: Frame, lat: number, lon: number): { xPx: number; yPx: number } {
  const middle = (frame.originX + frame.widthPx / 2) / frame.worldPx;
  const x = mercatorX(lon);
  const nearest = x + Math.round(middle - x);
  return { xPx: nearest * frame.worldPx - frame.originX, yPx: mercatorY(lat) * frame.worldPx - frame.originY };
}

export interface FrameOptions {
  lat: number;
  lon: number;
  zoom: number;
  widthPx: number;
  heightPx: number;
  devicePixelRatio: number;
  palette: MapPalette;
}

/** A frame around a centre, for maps that do not move. */
export function frameAround({ lat, lon, zoom, ...rest }: FrameOptions): Frame {
  const worldPx = worldSizePx(zoom);
  return {
    zoom,
    worldPx,
    originX: mercatorX(lon) * worldPx - rest.widthPx / 2,
    originY: mercatorY(lat) * worldPx - rest.heightPx / 2,
    ...rest,
  };
}

/** Beyond two device pixels per CSS pixel nobody sees a difference, but every canvas costs it. */
const RATIO_MAX = 2;

export function pixelRatio(): number {
  return Math.min(RATIO_MAX, window.devicePixelRatio);
}

/** Sizes the bitmap for the screen's pixel density and prepares it for drawing in CSS pixels. */
export function prepareCanvas(canvas: HTMLCanvasElement, frame: Frame): CanvasRenderingContext2D | null {
  const width = Math.round(frame.widthPx * frame.devicePixelRatio);
  const height = Math.round(frame.heightPx * frame.devicePixelRatio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${frame.widthPx}px`;
    canvas.style.height = `${frame.heightPx}px`;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(frame.devicePixelRatio, 0, 0, frame.devicePixelRatio, 0, 0);
  context?.clearRect(0, 0, frame.widthPx, frame.heightPx);
  return context;
}
