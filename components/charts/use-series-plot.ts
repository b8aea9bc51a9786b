import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from "react";
import uPlot from "uplot";
import { readChartTheme, useThemeName } from "./chart-theme.ts";
import type { Scene } from "./series-drawing.ts";
import type { SeriesModel } from "./series-model.ts";
import { plotOptions, type PlotEvents } from "./series-options.ts";

const ZOOM_PER_WHEEL_PX = 0.0025;

function dataOf({ aligned }: SeriesModel): uPlot.AlignedData {
  return [aligned.t, ...aligned.columns];
}

/** Ctrl + wheel (and pinching a trackpad) zooms about the pointer; a plain wheel scrolls the page. */
function listenForWheel(u: uPlot, rangeOf: () => SeriesModel["range"], onZoom: PlotEvents["onZoom"]): void {
  u.over.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { fromMs, toMs } = rangeOf();
      const factor = Math.exp(event.deltaY * ZOOM_PER_WHEEL_PX);
      const centre = u.posToVal(event.clientX - u.over.getBoundingClientRect().left, "x");
      onZoom({ fromMs: centre - (centre - fromMs) * factor, toMs: centre + (toMs - centre) * factor });
    },
    { passive: false },
  );
}

/** A finger moved sideways reads values; up and down still scrolls the page. */
function listenForTouch(u: uPlot): void {
  u.over.style.touchAction = "pan-y";
  const follow = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    const box = u.over.getBoundingClientRect();
    moveCursor(u, event.clientX - box.left, event.clientY - box.top);
  };
  u.over.addEventListener("pointerdown", follow);
  u.over.addEventListener("pointermove", follow);
}

/** Moves the cursor of this plot and of all that share it. */
export function moveCursor(u: uPlot, left: number, top = 10): void {
  // The third argument (publish to synced plots) is missing in uPlot's types.
  const setCursor: (at: { left: number; top: number }, fire?: boolean, publish?: boolean) => void = u.setCursor;
  setCursor({ left, top }, true, true);
}

interface SeriesPlotInput {
  container: RefObject<HTMLDivElement | null>;
  model: SeriesModel;
  syncKey?: string;
  events: PlotEvents;
}

/** Keeps one uPlot in the container: rebuilt for other lines or colours, refilled for new data, resized with it. */
export function useSeriesPlot({ container, model, syncKey, events }: SeriesPlotInput): RefObject<uPlot | null> {
  const plot = useRef<uPlot | null>(null);
  const scene = useRef<Scene | null>(null);
  const themeName = useThemeName();
  const structure = [model.panel, model.chart.timeZone, ...model.series.map(({ id, kind }) => `${kind}:${id}`)].join(
    "|",
  );

  const onZoom = useEffectEvent((range: SeriesModel["range"]) => events.onZoom(range));
  const onReset = useEffectEvent(() => events.onReset());
  const onCursor = useEffectEvent((cursor: Parameters<PlotEvents["onCursor"]>[0]) => events.onCursor(cursor));
  const onLayout = useEffectEvent((layout: Parameters<PlotEvents["onLayout"]>[0]) => events.onLayout(layout));
  const currentModel = useEffectEvent(() => model);

  useLayoutEffect(() => {
    const host = container.current;
    if (!host) return;
    scene.current = { model: currentModel(), theme: readChartTheme() };
    const sceneNow = () => scene.current ?? { model: currentModel(), theme: readChartTheme() };
    const sizeNow = () => ({ width: host.clientWidth, height: host.clientHeight });
    const options = plotOptions(sceneNow, sizeNow(), {
      syncKey,
      events: {
        onZoom: (range) => onZoom(range),
        onReset: () => onReset(),
        onCursor: (cursor) => onCursor(cursor),
        onLayout: (layout) => onLayout(layout),
      },
    });
    const u = new uPlot(options, dataOf(sceneNow().model), host);
    plot.current = u;
    listenForWheel(
      u,
      () => sceneNow().model.range,
      (range) => onZoom(range),
    );
    listenForTouch(u);
    const observer = new ResizeObserver(() => {
      const size = sizeNow();
      if (size.width > 0 && (size.width !== u.width || size.height !== u.height)) u.setSize(size);
    });
    observer.observe(host);
    let isGone = false;
    // Canvas text drawn before the web font has loaded stands in the fallback font.
    void document.fonts.ready.then(() => {
      if (!isGone) u.redraw(false);
    });
    return () => {
      isGone = true;
      observer.disconnect();
      u.destroy();
      plot.current = null;
    };
  }, [container, structure, syncKey, themeName]);

  useEffect(() => {
    const u = plot.current;
    if (!u || !scene.current || scene.current.model === model) return;
    scene.current = { ...scene.current, model };
    u.batch(() => {
      u.setData(dataOf(model), false);
      u.setScale("x", { min: model.range.fromMs, max: model.range.toMs });
    });
  }, [model]);

  return plot;
}
