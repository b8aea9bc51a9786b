import type { TimeRange } from "#lib/charts/spec";

export type ChartKeyAction =
  { kind: "move"; index: number } | { kind: "zoom"; range: TimeRange } | { kind: "reset" } | { kind: "clear" };

interface ChartKeyState {
  /** Instants of the drawn points inside the range, ascending. */
  instants: readonly number[];
  /** Point under the cursor, -1 when there is none. */
  index: number;
  range: TimeRange;
}

const STEP_LARGE = 10;

function zoomed({ range, instants, index }: ChartKeyState, factor: number): TimeRange {
  const centre = instants[index] ?? (range.fromMs + range.toMs) / 2;
  return { fromMs: centre - (centre - range.fromMs) * factor, toMs: centre + (range.toMs - centre) * factor };
}

/** What a key does on a focused chart; null = nothing, the page may have it. */
export function chartKeyAction(key: string, isShift: boolean, state: ChartKeyState): ChartKeyAction | null {
  const last = state.instants.length - 1;
  const step = isShift ? STEP_LARGE : 1;
  const page = Math.max(1, Math.round(last / 10));
  const move = (index: number): ChartKeyAction => ({ kind: "move", index: Math.min(last, Math.max(0, index)) });
  if (last < 0 && key !== "0" && key !== "-") return null;
  switch (key) {
    case "ArrowRight":
      return move(state.index < 0 ? 0 : state.index + step);
    case "ArrowLeft":
      return move(state.index < 0 ? last : state.index - step);
    case "PageDown":
      return move(Math.max(0, state.index) + page);
    case "PageUp":
      return move(Math.max(0, state.index) - page);
    case "Home":
      return move(0);
    case "End":
      return move(last);
    case "+":
    case "=":
      return { kind: "zoom", range: zoomed(state, 0.5) };
    case "-":
      return { kind: "zoom", range: zoomed(state, 2) };
    case "0":
      return { kind: "reset" };
    case "Escape":
      return state.index < 0 ? null : { kind: "clear" };
    default:
      return null;
  }
}
