import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from "react";
import type uPlot from "uplot";
import { readChartTheme, useThemeName } from "./chart-theme.ts";
import { createPlot, dataOf } from "./create-plot.ts";
import type { Scene } from "./series-drawing.ts";
import type { SeriesModel } from "./series-model.ts";
import type { PlotEvents } from "./series-options.ts";

interface SeriesPlotInput {
  container: RefObject<HTMLDivElement | null>;
  model: SeriesModel;
  syncKey?: string;
  events: PlotEvents;
}

/** What a plot cannot change once it is built. */
function structureOf({ panel, chart, series }: SeriesModel): string {
  return [panel, chart.timeZone, ...series.map(({ id, kind }) => `${kind}:${id}`)].join("|");
}

/** Keeps one uPlot in the container: rebuilt for other lines or colours, refilled for new data, resized with it. */
export function useSeriesPlot({ container, model, syncKey, events }: SeriesPlotInput): RefObject<uPlot | null> {
  const plot = useRef<uPlot | null>(null);
  const scene = useRef<Scene | null>(null);
  const themeName = useThemeName();
  const structure = structureOf(model);
  const currentModel = useEffectEvent(() => model);
  const onEvent = useEffectEvent(() => events);

  useLayoutEffect(() => {
    const host = container.current;
    if (!host) return;
    const first: Scene = { model: currentModel(), theme: readChartTheme() };
    scene.current = first;
    const [u, destroy] = createPlot(host, {
      scene: () => scene.current ?? first,
      syncKey,
      events: {
        onZoom: (range) => onEvent().onZoom(range),
        onReset: () => onEvent().onReset(),
        onCursor: (cursor) => onEvent().onCursor(cursor),
        onLayout: (layout) => onEvent().onLayout(layout),
      },
    });
    plot.current = u;
    return () => {
      plot.current = null;
      destroy();
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
