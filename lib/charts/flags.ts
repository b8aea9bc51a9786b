import type { ChartFlag, Tone } from "./spec.ts";

const TONES: Record<ChartFlag["flag"], Tone> = { 2: "info", 3: "suspect", 4: "fault", 9: "silent" };
/** Drawn later = on top: what is worse must not be hidden. */
const SEVERITY: Record<ChartFlag["flag"], number> = { 2: 0, 9: 1, 3: 2, 4: 3 };

export function toneOfFlag(flag: ChartFlag["flag"]): Tone {
  return TONES[flag];
}

/** Flags that hold at an instant, the worst first. */
export function flagsAt(flags: readonly ChartFlag[], atMs: number): ChartFlag[] {
  const here = flags.filter((flag) => atMs >= flag.startAt && atMs <= flag.endAt);
  return here.sort((a, b) => SEVERITY[b.flag] - SEVERITY[a.flag]);
}

/** A flag, or several of the same check that touch at this scale, in pixels from the left of the plot. */
export interface FlagMark {
  flag: ChartFlag["flag"];
  check: string;
  reason: string;
  startAt: number;
  endAt: number;
  leftPx: number;
  rightPx: number;
  count: number;
  /** Sum of the flagged times; less than from start to end when several short flags are drawn as one. */
  flaggedMs: number;
}

/** True for short flags drawn as one whose time between them is good: a wash over all of it would overstate them. */
export function isSparse(mark: FlagMark): boolean {
  return mark.count > 1 && mark.flaggedMs < (mark.endAt - mark.startAt) / 2;
}

export interface PixelScale {
  fromMs: number;
  toMs: number;
  widthPx: number;
}

/**
 * Flags as they can be seen: cut to the range, with neighbours of the same check and flag that lie closer than
 * `joinPx` drawn as one (a year can hold thousands). Least severe first.
 */
export function flagMarks(flags: readonly ChartFlag[], scale: PixelScale, joinPx = 3): FlagMark[] {
  const pxPerMs = scale.widthPx / (scale.toMs - scale.fromMs);
  const toPx = (atMs: number) => Math.min(scale.widthPx, Math.max(0, (atMs - scale.fromMs) * pxPerMs));
  const marks: FlagMark[] = [];
  const open = new Map<string, FlagMark>();
  for (const flag of [...flags].sort((a, b) => a.startAt - b.startAt)) {
    if (flag.endAt < scale.fromMs || flag.startAt > scale.toMs) continue;
    const place = { leftPx: toPx(flag.startAt), rightPx: toPx(flag.endAt) };
    const mark: FlagMark = { ...flag, ...place, count: 1, flaggedMs: flag.endAt - flag.startAt };
    const key = `${flag.flag} ${flag.check}`;
    const previous = open.get(key);
    if (previous && mark.leftPx - previous.rightPx <= joinPx) {
      previous.rightPx = Math.max(previous.rightPx, mark.rightPx);
      previous.endAt = Math.max(previous.endAt, mark.endAt);
      previous.count += 1;
      previous.flaggedMs += mark.flaggedMs;
      continue;
    }
    open.set(key, mark);
    marks.push(mark);
  }
  return marks.sort((a, b) => SEVERITY[a.flag] - SEVERITY[b.flag] || a.startAt - b.startAt);
}
