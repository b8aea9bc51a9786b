import { mercatorX, mercatorY } from "#lib/geo/mercator";
import type { DrawnMark } from "#lib/maps/hit-grid";
import { clusterRadiusPx } from "#lib/maps/overlap";
import { MAP_STATES, type MapCluster, type MapItem, type MapState, type StateCounts } from "#lib/maps/spec";
import { valueClass } from "#lib/maps/value-classes";
import { type Frame, type Painter, visibleWorlds } from "../frame.ts";
import type { MapPalette } from "../palette.ts";
import type { Colouring } from "./points-layer.ts";

interface Placed {
  index: number;
  x: number;
  y: number;
  cluster: MapCluster;
  color: number;
}

/** Clusters: the count inside a ring of the states' shares, large ones over small ones. */
export class ClustersPainter implements Painter {
  #clusters: Placed[] = [];
  drawn: DrawnMark[] = [];

  setItems(items: readonly MapItem[], { by, domain }: Colouring): void {
    const placed = items.flatMap((item, index) => {
      if (item.kind !== "cluster") return [];
      const color = by === "value" && domain && !domain.categories ? valueClass(item.value, domain) : 0;
      return [{ index, x: mercatorX(item.lon), y: mercatorY(item.lat), cluster: item, color }];
    });
    this.#clusters = placed.sort((a, b) => a.cluster.count - b.cluster.count);
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = [];
    for (const world of visibleWorlds(frame)) {
      for (const { index, x, y, cluster, color } of this.#clusters) {
        const xPx = (x + world) * frame.worldPx - frame.originX;
        const yPx = y * frame.worldPx - frame.originY;
        const radiusPx = clusterRadiusPx(cluster.count);
        if (xPx < -30 || yPx < -30 || xPx > frame.widthPx + 30 || yPx > frame.heightPx + 30) continue;
        const fill = color > 0 ? frame.palette.sequence[color - 1] : undefined;
        drawCluster(context, { xPx, yPx, radiusPx, cluster, palette: frame.palette, ...(fill ? { fill } : {}) });
        this.drawn.push({ index, xPx, yPx, radiusPx });
      }
    }
  }
}

interface ClusterDrawing {
  xPx: number;
  yPx: number;
  radiusPx: number;
  cluster: Pick<MapCluster, "count" | "byState">;
  palette: MapPalette;
  /** Colour of the ring when values are shown. */
  fill?: string;
}

const FULL_TURN = 2 * Math.PI;

export function drawCluster(context: CanvasRenderingContext2D, drawing: ClusterDrawing): void {
  const { xPx, yPx, radiusPx, cluster, palette, fill } = drawing;
  context.beginPath();
  context.arc(xPx, yPx, radiusPx + 2.5, 0, FULL_TURN);
  context.fillStyle = palette.raised;
  context.fill();
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.stroke();
  if (fill) strokeArc(context, drawing, { from: 0, to: 1, color: fill, widthPx: 5, opacity: 1 });
  else drawShares(context, drawing);
  context.fillStyle = palette.ink;
  context.font = `640 ${radiusPx > 17 ? 12.5 : 11.5}px ${palette.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(compactCount(cluster.count), xPx, yPx + 0.5);
}

function drawShares(context: CanvasRenderingContext2D, drawing: ClusterDrawing): void {
  const { palette, radiusPx } = drawing;
  const shares = stateShares(drawing.cluster.byState);
  const gap = shares.length > 1 ? 1.5 / (FULL_TURN * radiusPx) : 0;
  let from = 0;
  for (const { state, share } of shares) {
    const isQuiet = state === "good" || state === "recovered";
    strokeArc(context, drawing, {
      from,
      to: Math.max(from + 0.012, from + share - gap),
      color: palette.state[state],
      widthPx: isQuiet ? 3 : 5,
      opacity: isQuiet ? 0.55 : 1,
    });
    from += share;
  }
}

/** Good first, as on the mock-up's clock face; states without members are left out. */
function stateShares(byState: StateCounts): { state: MapState; share: number }[] {
  const total = MAP_STATES.reduce((sum, state) => sum + (byState[state] ?? 0), 0);
  const ringOrder: MapState[] = ["good", "recovered", "suspect", "fault", "silent", "reference"];
  return ringOrder.flatMap((state) => (byState[state] ? [{ state, share: byState[state] / total }] : []));
}

function strokeArc(
  context: CanvasRenderingContext2D,
  { xPx, yPx, radiusPx }: ClusterDrawing,
  arc: { from: number; to: number; color: string; widthPx: number; opacity: number },
): void {
  context.globalAlpha = arc.opacity;
  context.strokeStyle = arc.color;
  context.lineWidth = arc.widthPx;
  context.beginPath();
  context.arc(xPx, yPx, radiusPx - 1, arc.from * FULL_TURN - Math.PI / 2, arc.to * FULL_TURN - Math.PI / 2);
  context.stroke();
  context.globalAlpha = 1;
}

/** 1,204 becomes "1.2k": the ring has room for four characters. */
export function compactCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 9950) return `${(count / 1000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1000)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}
