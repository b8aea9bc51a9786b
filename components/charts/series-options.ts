import type uPlot from "uplot";
import { decimalsForStep } from "#lib/charts/decimals";
import type { TimeRange } from "#lib/charts/spec";
import { timeTicks, type TimeTick } from "#lib/charts/time-ticks";
import { formatCompact, formatNumber } from "#lib/format/numbers";
import { colourVariableOf, isDashed } from "./series-colours.ts";
import { drawOver, drawUnder, type Scene } from "./series-drawing.ts";

export interface PlotEvents {
  onZoom: (range: TimeRange) => void;
  onReset: () => void;
  /** Instant under the cursor and its place in CSS pixels from the left of the plot; null when it has left. */
  onCursor: (cursor: { atMs: number; leftPx: number } | null) => void;
  onLayout: (layout: PlotLayout) => void;
}

/** Where the plot area lies in its figure, CSS pixels. */
export interface PlotLayout {
  leftPx: number;
  widthPx: number;
  figureWidthPx: number;
}

export interface PlotSize {
  width: number;
  height: number;
}

/** Phones get shorter axes. */
const NARROW_PX = 560;
const DRAG_PX_MIN = 6;
const LABEL_PX_PER_CHARACTER = 6.6;

const isNarrow = (u: uPlot) => u.width < NARROW_PX;

function yLabels(u: uPlot, splits: number[], isSigned: boolean): string[] {
  const step = splits.length > 1 ? Math.abs((splits[1] ?? 0) - (splits[0] ?? 0)) : 0;
  const decimals = decimalsForStep(step);
  const isLarge = Math.max(...splits.map(Math.abs)) >= 1e6;
  return splits.map((value) => (isLarge ? formatCompact(value) : formatNumber(value, { decimals, signed: isSigned })));
}

/** uPlot asks several times per draw; finding round local times is its dearest question. */
function rememberedTicks(scene: () => Scene): (u: uPlot) => TimeTick[] {
  let known = "";
  let ticks: TimeTick[] = [];
  return (u) => {
    const { range, chart } = scene().model;
    const count = Math.max(2, Math.floor(u.bbox.width / devicePixelRatio / (isNarrow(u) ? 72 : 104)));
    const key = `${range.fromMs} ${range.toMs} ${count}`;
    if (key !== known) {
      known = key;
      ticks = timeTicks(range, chart.timeZone, count);
    }
    return ticks;
  };
}

function axesOf(scene: () => Scene): uPlot.Axis[] {
  const { theme, model } = scene();
  const font = `430 11px ${theme.font}`;
  const ticksOf = rememberedTicks(scene);
  return [
    {
      stroke: theme.muted,
      font,
      grid: { stroke: theme.line, width: 1 },
      ticks: { stroke: theme.lineStrong, width: 1, size: 4 },
      gap: 4,
      size: 28,
      splits: (u) => ticksOf(u).map(({ atMs }) => atMs),
      values: (u) => ticksOf(u).map(({ label }) => label),
    },
    {
      stroke: theme.muted,
      font,
      grid: { stroke: theme.line, width: 1 },
      ticks: { show: false },
      gap: 6,
      size: (u, values) => {
        // uPlot asks once before there are labels.
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- its types leave that out
        const longest = Math.max(0, ...(values ?? []).map((text) => text.length));
        return Math.max(isNarrow(u) ? 34 : 44, Math.ceil(longest * LABEL_PX_PER_CHARACTER) + 8);
      },
      space: 34,
      values: (u, splits) => yLabels(u, splits, model.panel === "residual"),
    },
  ];
}

function seriesOf(scene: () => Scene): uPlot.Series[] {
  const { model, theme } = scene();
  const style = getComputedStyle(document.documentElement);
  const lines = model.series.map((series): uPlot.Series => {
    const stroke = style.getPropertyValue(colourVariableOf(series, model.series)).trim() || theme.ink;
    const isReference = series.kind === "reference";
    return {
      stroke,
      width: isReference ? 1.6 : series.kind === "residual" ? 1.3 : 1.5,
      dash: isDashed(series, model.series) ? [5, 3] : undefined,
      points: {
        show: true,
        size: 4,
        width: 0,
        fill: stroke,
        filter: (_, index) => scene().model.lone[index - 1] ?? [],
      },
      spanGaps: false,
    };
  });
  return [{}, ...lines];
}

function zoomFromSelection(u: uPlot, events: PlotEvents): void {
  const { left, width } = u.select;
  if (width >= DRAG_PX_MIN) events.onZoom({ fromMs: u.posToVal(left, "x"), toMs: u.posToVal(left + width, "x") });
  if (width > 0) u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function cursorOf(syncKey: string | undefined, theme: Scene["theme"], events: PlotEvents): uPlot.Cursor {
  const isMove = (type: string) => type === "mousemove" || type === "mouseleave";
  return {
    y: false,
    drag: { x: true, y: false, setScale: false },
    sync: syncKey
      ? { key: syncKey, setSeries: false, scales: ["x", null], filters: { pub: isMove, sub: isMove } }
      : undefined,
    points: { size: 7, width: 2, fill: theme.surface },
    bind: {
      dblclick: () => () => {
        events.onReset();
        return null;
      },
    },
  };
}

function reportCursor(u: uPlot, events: PlotEvents): void {
  const left = u.cursor.left ?? -1;
  events.onCursor(left < 0 ? null : { atMs: u.posToVal(left, "x"), leftPx: left });
}

/** Tells where the plot lies whenever that has changed: labels of other lengths move its left edge. */
function reportLayout(events: PlotEvents): (u: uPlot) => void {
  let known = "";
  return (u) => {
    const ratio = devicePixelRatio;
    const layout = { leftPx: u.bbox.left / ratio, widthPx: u.bbox.width / ratio, figureWidthPx: u.width };
    const key = Object.values(layout).join(" ");
    if (key === known) return;
    known = key;
    events.onLayout(layout);
  };
}

/** Options of one plot. `scene` is read at every draw, so new data need no new plot. */
export function plotOptions(
  scene: () => Scene,
  size: PlotSize,
  rest: { syncKey?: string; events: PlotEvents },
): uPlot.Options {
  const { events } = rest;
  return {
    ...size,
    ms: 1,
    padding: [8, (u) => (isNarrow(u) ? 10 : 22), 0, 0],
    legend: { show: false },
    cursor: cursorOf(rest.syncKey, scene().theme, events),
    scales: {
      x: { time: true, range: () => [scene().model.range.fromMs, scene().model.range.toMs] },
      y: { range: () => [scene().model.y.min, scene().model.y.max] },
    },
    axes: axesOf(scene),
    series: seriesOf(scene),
    hooks: {
      drawClear: [(u) => drawUnder(u, scene())],
      draw: [(u) => drawOver(u, scene()), reportLayout(events)],
      setSelect: [(u) => zoomFromSelection(u, events)],
      setCursor: [(u) => reportCursor(u, events)],
    },
  };
}
