import uPlot from "uplot";
import type { Scene } from "./series-drawing.ts";
import type { SeriesModel } from "./series-model.ts";
import { plotOptions, type PlotEvents } from "./series-options.ts";

const ZOOM_PER_WHEEL_PX = 0.0025;

export function dataOf({ aligned }: SeriesModel): uPlot.AlignedData {
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
  // eslint-disable-next-line @typescript-eslint/unbound-method -- uPlot's methods are closures
  const setCursor: (at: { left: number; top: number }, fire?: boolean, publish?: boolean) => void = u.setCursor;
  setCursor({ left, top }, true, true);
}

interface PlotInput {
  scene: () => Scene;
  syncKey?: string;
  events: PlotEvents;
}

/** Builds a plot that fills its host and follows its size. The second value takes it down. */
export function createPlot(host: HTMLElement, { scene, syncKey, events }: PlotInput): [uPlot, () => void] {
  const size = () => ({ width: host.clientWidth, height: host.clientHeight });
  const u = new uPlot(plotOptions(scene, size(), { syncKey, events }), dataOf(scene().model), host);
  listenForWheel(u, () => scene().model.range, events.onZoom);
  listenForTouch(u);
  const observer = new ResizeObserver(() => {
    const { width, height } = size();
    if (width > 0 && (width !== u.width || height !== u.height)) u.setSize({ width, height });
  });
  observer.observe(host);
  let isGone = false;
  // Canvas text drawn before the web font has loaded stands in the fallback font.
  void document.fonts.ready.then(() => {
    if (!isGone) u.redraw(false);
  });
  const destroy = () => {
    isGone = true;
    observer.disconnect();
    u.destroy();
  };
  return [u, destroy];
}
