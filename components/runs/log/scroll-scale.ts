export const ROW_PX = 20;
/** Browsers draw nothing below some 16 to 33 million pixels: a longer log scrolls at a scale. */
export const SCROLL_PX_MAX = 8_000_000;

export interface ScrollScale {
  /** What the scrollbar works with. */
  heightPx: number;
  isScaled: boolean;
  /** Place in the log of a place of the scrollbar, and back; both in pixels from the top. */
  toOffset: (scrollTop: number) => number;
  toScrollTop: (offset: number) => number;
  clamp: (offset: number) => number;
}

export function scrollScale(count: number, viewPx: number): ScrollScale {
  const totalPx = count * ROW_PX;
  const heightPx = Math.min(totalPx, SCROLL_PX_MAX);
  const offsetMax = Math.max(0, totalPx - viewPx);
  const scrollMax = Math.max(0, heightPx - viewPx);
  const ratio = scrollMax === 0 ? 1 : offsetMax / scrollMax;
  return {
    heightPx,
    isScaled: totalPx > SCROLL_PX_MAX,
    toOffset: (scrollTop) => Math.min(offsetMax, scrollTop * ratio),
    toScrollTop: (offset) => offset / ratio,
    clamp: (offset) => Math.min(offsetMax, Math.max(0, offset)),
  };
}
