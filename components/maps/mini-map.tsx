"use client";

import { useEffect, useRef } from "react";
import { type Bbox, bboxCenter, bboxWidth } from "#lib/geo/bbox";
import { latitudeOf, mercatorY, TILE_PX } from "#lib/geo/mercator";
import type { MapItem, MapView } from "#lib/maps/spec";
import { basemapSource } from "./basemap-source.ts";
import { type Frame, frameAround, pixelRatio, prepareCanvas } from "./frame.ts";
import { BasemapPainter } from "./layers/basemap-layer.ts";
import { ClustersPainter } from "./layers/clusters-layer.ts";
import { PointsPainter } from "./layers/points-layer.ts";
import { readPalette, watchTheme } from "./palette.ts";

export interface MiniMapProps {
  /** What the picture shows, in one sentence. */
  label: string;
  items: readonly MapItem[];
  view: MapView;
  basemapUrl?: string;
}

/** A small picture of a map: same sheet and marks, nothing to operate. Fills its container, which sets the height. */
export function MiniMap({ label, items, view, basemapUrl }: MiniMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element) return drawOnto(element, { items, view, ...(basemapUrl === undefined ? {} : { basemapUrl }) });
  }, [items, view, basemapUrl]);
  return (
    <div role="img" aria-label={label} className="absolute inset-0 overflow-hidden bg-map-water">
      <canvas ref={canvas} className="absolute top-0 left-0" aria-hidden="true" />
    </div>
  );
}

/** Draws now and whenever size, theme or basemap change; returns how to stop. */
function drawOnto(canvas: HTMLCanvasElement, { items, view, basemapUrl }: Omit<MiniMapProps, "label">): () => void {
  const source = basemapSource(basemapUrl);
  const points = new PointsPainter(0.72);
  const clusters = new ClustersPainter();
  points.setItems(items, { by: "state", domain: null });
  clusters.setItems(items, { by: "state", domain: null });
  const painters = [new BasemapPainter(source, { withLabels: false }), points, clusters];
  let request = 0;
  const draw = () => {
    request = 0;
    const frame = frameOf(canvas, view);
    const context = frame && prepareCanvas(canvas, frame);
    if (context) for (const painter of painters) painter.paint(context, frame);
  };
  const requestDraw = () => {
    if (!request) request = requestAnimationFrame(draw);
  };
  const resized = new ResizeObserver(requestDraw);
  if (canvas.parentElement) resized.observe(canvas.parentElement);
  const stops = [source.onTile(requestDraw), watchTheme(requestDraw), () => resized.disconnect()];
  draw();
  return () => {
    cancelAnimationFrame(request);
    for (const stop of stops) stop();
  };
}

function frameOf(canvas: HTMLCanvasElement, view: MapView): Frame | null {
  const box = canvas.parentElement?.getBoundingClientRect();
  if (!box || box.width === 0 || box.height === 0) return null;
  const size = { widthPx: box.width, heightPx: box.height };
  const center = "bbox" in view ? fitting(view.bbox, size) : view;
  return frameAround({ ...center, ...size, devicePixelRatio: pixelRatio(), palette: readPalette(canvas) });
}

const PADDING_PX = 16;
const ZOOM_MAX = 13;

/** Centre and zoom at which the box fits. */
function fitting(bbox: Bbox, { widthPx, heightPx }: { widthPx: number; heightPx: number }) {
  const top = mercatorY(bbox.north);
  const bottom = mercatorY(bbox.south);
  const spanX = Math.max(bboxWidth(bbox) / 360, 1e-9);
  const spanY = Math.max(bottom - top, 1e-9);
  const scale = Math.min((widthPx - 2 * PADDING_PX) / spanX, (heightPx - 2 * PADDING_PX) / spanY);
  const zoom = Math.max(0, Math.min(ZOOM_MAX, Math.log2(scale / TILE_PX)));
  return { lat: latitudeOf((top + bottom) / 2), lon: bboxCenter(bbox).lon, zoom };
}
