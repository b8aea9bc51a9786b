import { mercatorX, mercatorY } from "#lib/geo/mercator";
import type { DrawnMark } from "#lib/maps/hit-grid";
import { clusterRadiusPx } from "#lib/maps/overlap";
import { MAP_STATES, type MapCluster, type MapItem, type MapState, type StateCounts } from "#lib/maps/spec";
import { commonestFirst } from "#lib/maps/state-words";
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
  isByKind: boolean;
}

/** Clusters: the count inside a ring of the shares of states or kinds, large ones over small ones. */
export class ClustersPainter implements Painter {
  #clusters: Placed[] = [];
  drawn: DrawnMark[] = [];

  setItems(items: readonly MapItem[], { by, domain }: Colouring): void {
    const placed = items.flatMap((item, index) => {
      if (item.kind !== "cluster") return [];
      const isByKind = by === "value" && domain?.categories !== undefined;
      const color = by === "value" && domain && !isByKind ? valueClass(item.value, domain) : 0;
      return [{ index, x: mercatorX(item.lon), y: mercatorY(item.lat), cluster: item, color, isByKind }];
    });
    this.#clusters = placed.sort((a, b) => a.cluster.count - b.cluster.count);
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = [];
    for (const world of visibleWorlds(frame)) {
      for (const { index, x, y, cluster, color, isByKind } of this.#clusters) {
        const xPx = (x + world) * frame.worldPx - frame.originX;
        const yPx = y * frame.worldPx - frame.originY;
        const radiusPx = clusterRadiusPx(cluster.count);
        if (xPx < -30 || yPx < -30 || xPx > frame.widthPx + 30 || yPx > frame.heightPx + 30) continue;
        const { palette } = frame;
        const fill = color > 0 ? palette.sequence[color - 1] : undefined;
        const ofStates = () => (isByKind ? kindShares(cluster, palette) : stateShares(cluster.byState, palette));
        const shares = fill ? wholeRing(fill) : ofStates();
        drawCluster(context, { xPx, yPx, radiusPx, count: cluster.count, palette, shares });
        this.drawn.push({ index, xPx, yPx, radiusPx });
      }
    }
  }
}

/** One colour all around. */
export const wholeRing = (color: string): Share[] => [{ share: 1, color, isQuiet: false }];

interface ClusterDrawing {
  xPx: number;
  yPx: number;
  radiusPx: number;
  count: number;
  palette: MapPalette;
  shares: readonly Share[];
}

/** An arc of the ring. */
interface Share {
  share: number;
  color: string;
  isQuiet: boolean;
}

const FULL_TURN = 2 * Math.PI;

export function drawCluster(context: CanvasRenderingContext2D, drawing: ClusterDrawing): void {
  const { xPx, yPx, radiusPx, count, palette } = drawing;
  context.beginPath();
  context.arc(xPx, yPx, radiusPx + 2.5, 0, FULL_TURN);
  context.fillStyle = palette.raised;
  context.fill();
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.stroke();
  drawShares(context, drawing);
  context.fillStyle = palette.ink;
  context.font = `640 ${radiusPx > 17 ? 12.5 : 11.5}px ${palette.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(compactCount(count), xPx, yPx + 0.5);
}

/** An exception among many is still to be seen. */
const SHARE_MIN = 0.012;

function drawShares(context: CanvasRenderingContext2D, drawing: ClusterDrawing): void {
  const { radiusPx, shares } = drawing;
  const gap = shares.length > 1 ? 1.5 / (FULL_TURN * radiusPx) : 0;
  let from = 0;
  for (const { share, color, isQuiet } of shares) {
    strokeArc(context, drawing, {
      from,
      to: Math.max(from + SHARE_MIN, from + share - gap),
      color,
      widthPx: isQuiet ? 3 : 5,
      opacity: isQuiet ? 0.55 : 1,
    });
    from += share;
  }
}

/** Good first, as on the mock-up's clock face; states without members are left out. */
function stateShares(byState: StateCounts, palette: MapPalette): Share[] {
  const total = MAP_STATES.reduce((sum, state) => sum + (byState[state] ?? 0), 0);
  const ringOrder: MapState[] = ["good", "recovered", "suspect", "fault", "silent", "reference"];
  return ringOrder.flatMap((state) => {
    const isQuiet = state === "good" || state === "recovered";
    return byState[state] ? [{ share: byState[state] / total, color: palette.state[state], isQuiet }] : [];
  });
}

/** Among many members one kind still has this much of the ring: its colour has to be told from five others. */
const KIND_SHARE_MIN = 0.08;

/** The commonest kind first, from the top; members of none are the quiet rest. */
function kindShares({ count, byKind = {} }: MapCluster, palette: MapPalette): Share[] {
  const named = commonestFirst(byKind).map((of) => ({
    share: Math.max(KIND_SHARE_MIN, of.count / count),
    color: palette.categories[of.kind - 1] ?? palette.ink2,
    isQuiet: false,
  }));
  const sum = named.reduce((so, { share }) => so + share, 0);
  const shrink = sum > 1 ? 1 / sum : 1;
  const rest = sum < 1 ? [{ share: 1 - sum, color: palette.state.silent, isQuiet: true }] : [];
  return [...named.map((part) => ({ ...part, share: part.share * shrink })), ...rest];
}

function strokeArc(
  context: CanvasRenderingContext2D,
  { xPx, yPx, radiusPx }: Pick<ClusterDrawing, "xPx" | "yPx" | "radiusPx">,
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
