import { FLAG } from "#lib/driving/core/record";
import type { SpeedPoint } from "#lib/driving/board/core/vehicle";

const WIDTH = 600;
const HEIGHT = 34;
/** All strips share it, so that they can be compared. */
const SPEED_MAX_KMH = 160;

interface SpeedStripProps {
  label: string;
  history: readonly SpeedPoint[];
  /** Right edge: the vehicle's newest record. */
  endMs: number;
  spanMs: number;
  gapS: number;
}

/** The last minutes of one vehicle: the line breaks where it was silent and is heavy while over the limit. */
export function SpeedStrip({ label, ...input }: SpeedStripProps) {
  const { all, over } = stripPaths(input);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      className="block h-[34px] w-full"
      fill="none"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d={all} stroke="var(--data-1)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      <path d={over} stroke="var(--color-fault-mark)" strokeWidth="2.6" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function stripPaths({ history, endMs, spanMs, gapS }: Omit<SpeedStripProps, "label">) {
  let [all, over] = ["", ""];
  let lastMs = -Infinity;
  let isOver = false;
  for (const { atMs, speedKmh, flags } of history) {
    if (atMs < endMs - spanMs || atMs > endMs) continue;
    const x = ((atMs - endMs + spanMs) / spanMs) * WIDTH;
    const place = `${x.toFixed(1)} ${(HEIGHT * (1 - Math.min(1, speedKmh / SPEED_MAX_KMH))).toFixed(1)}`;
    const isBroken = atMs - lastMs > gapS * 1000;
    if (isBroken) isOver = false;
    all += `${isBroken ? "M" : "L"}${place}`;
    // A lone point stays to be seen.
    if (isBroken) all += "h.1";
    if (isOver) over += `L${place}`;
    if ((flags & FLAG.overspeedEnd) !== 0) isOver = false;
    if ((flags & FLAG.overspeed) !== 0) {
      isOver = true;
      over += `M${place}h.1`;
    }
    lastMs = atMs;
  }
  return { all, over };
}
