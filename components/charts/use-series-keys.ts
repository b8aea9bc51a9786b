import { useState, type KeyboardEvent, type RefObject } from "react";
import type uPlot from "uplot";
import { nearestIndex } from "#lib/charts/align";
import { readingAt, readingWords } from "#lib/charts/chart-words";
import type { TimeRange } from "#lib/charts/spec";
import { moveCursor } from "./create-plot.ts";
import { chartKeyAction } from "./series-keyboard.ts";
import type { SeriesModel } from "./series-model.ts";

/** Where the cursor stands: its instant and its distance from the left of the plot, CSS pixels. */
export interface ChartCursor {
  atMs: number;
  leftPx: number;
}

interface SeriesKeysInput {
  plot: RefObject<uPlot | null>;
  model: SeriesModel;
  cursor: ChartCursor | null;
  zoom: (range: TimeRange) => void;
  reset: () => void;
}

/** Keyboard reading of a focused chart; `spoken` is the last reading, for a live region. */
export function useSeriesKeys({ plot, model, cursor, zoom, reset }: SeriesKeysInput) {
  const [spoken, setSpoken] = useState("");
  const onKeyDown = (event: KeyboardEvent) => {
    const u = plot.current;
    if (!u || event.altKey || event.ctrlKey || event.metaKey) return;
    const instants = model.aligned.t.filter((atMs) => atMs >= model.range.fromMs && atMs <= model.range.toMs);
    const index = cursor ? nearestIndex(instants, cursor.atMs) : -1;
    const action = chartKeyAction(event.key, event.shiftKey, { instants, index, range: model.range });
    if (!action) return;
    event.preventDefault();
    if (action.kind === "zoom") zoom(action.range);
    else if (action.kind === "reset") reset();
    else if (action.kind === "clear") moveCursor(u, -10);
    else {
      const atMs = instants[action.index] ?? 0;
      moveCursor(u, u.valToPos(atMs, "x"));
      setSpoken(readingWords(readingAt(model.chart, atMs, model.tolerances)));
    }
  };
  return { spoken, onKeyDown };
}
