import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { ROW_PX, scrollScale } from "./scroll-scale.ts";

const OVERSCAN = 12;
const AT_END_PX = 24;

export interface WindowedRows {
  /** The rows to draw, the end not included, and where the first of them lies in the scrolled box. */
  first: number;
  end: number;
  topPx: number;
  heightPx: number;
  isAtEnd: boolean;
  onScroll: () => void;
  /** Brings a row into sight, about a third down. */
  show: (index: number) => void;
  showEnd: () => void;
}

/** Draws only the rows in sight of a list of any length, and stays at its end while nobody scrolls away from it. */
export function useWindowedRows(box: RefObject<HTMLDivElement | null>, count: number): WindowedRows {
  const [offset, setOffset] = useState(0);
  const [viewPx, setViewPx] = useState(240);
  const [isAtEnd, setAtEnd] = useState(true);
  const scale = scrollScale(count, viewPx);
  const now = useRef({ offset, scale, setTop: -1 });
  useLayoutEffect(() => {
    now.current.scale = scale;
  });

  const moveTo = (target: number) => {
    const next = now.current.scale.clamp(target);
    now.current.offset = next;
    setOffset(next);
    setAtEnd(next >= now.current.scale.clamp(Infinity) - AT_END_PX);
    const element = box.current;
    element?.scrollTo(0, now.current.scale.toScrollTop(next));
    now.current.setTop = element?.scrollTop ?? -1;
  };
  const onScroll = () => {
    const top = box.current?.scrollTop ?? 0;
    // The echo of our own move: at a scale it is less exact than what we know.
    if (Math.abs(top - now.current.setTop) < 1) return;
    now.current.setTop = -1;
    const next = scale.toOffset(top);
    now.current.offset = next;
    setOffset(next);
    setAtEnd(next >= scale.clamp(Infinity) - AT_END_PX);
  };
  useViewHeight(box, setViewPx);
  useScaledSteps(box, { isScaled: scale.isScaled, viewPx, step: (byPx) => moveTo(now.current.offset + byPx) });
  useLayoutEffect(() => {
    // Whoever scrolled up to read stays where she reads.
    if (isAtEnd) moveTo(Infinity);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what is added or the room for it moves the end
  }, [count, viewPx]);

  const first = Math.max(0, Math.floor(offset / ROW_PX) - OVERSCAN);
  const end = Math.min(count, Math.ceil((offset + viewPx) / ROW_PX) + OVERSCAN);
  return {
    ...{ first, end, isAtEnd, onScroll, heightPx: scale.heightPx },
    topPx: scale.toScrollTop(offset) + first * ROW_PX - offset,
    show: (index) => moveTo(index * ROW_PX - viewPx / 3),
    showEnd: () => moveTo(Infinity),
  };
}

function useViewHeight(box: RefObject<HTMLDivElement | null>, onHeight: (px: number) => void): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => onHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, onHeight]);
}

interface Steps {
  isScaled: boolean;
  viewPx: number;
  step: (byPx: number) => void;
}

/** At a scale a wheel's notch would pass by many lines: wheel and keys then move by lines all the same. */
function useScaledSteps(box: RefObject<HTMLDivElement | null>, { isScaled, viewPx, step }: Steps): void {
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    const element = box.current;
    if (!element || !isScaled) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      latest.current(event.deltaY);
    };
    const onKey = (event: KeyboardEvent) => {
      const steps: Record<string, number> = { ArrowDown: ROW_PX, ArrowUp: -ROW_PX, PageDown: viewPx, PageUp: -viewPx };
      const byPx = steps[event.key];
      if (byPx === undefined) return;
      event.preventDefault();
      latest.current(byPx);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("keydown", onKey);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("keydown", onKey);
    };
  }, [box, isScaled, viewPx]);
}
