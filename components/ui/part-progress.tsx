import { formatNumber } from "#lib/format/numbers";
import type { ProgressTone } from "./progress-bar.tsx";

const SEGMENTS_MAX = 48;
const FILL: Record<ProgressTone, string> = {
  active: "var(--color-accent)",
  paused: "var(--color-silent-mark)",
  failed: "var(--color-fault-mark)",
  good: "var(--color-good-mark)",
};

interface PartProgressProps {
  /** Parts of the whole, and how many are stored. */
  total: number;
  done: number;
  /** Parts under way, each 0–1. */
  partial?: readonly number[];
  tone?: ProgressTone;
  label: string;
}

/** Multipart transfer, one segment per part (several per segment when there are many). */
export function PartProgress({ total, done, partial = [], tone = "active", label }: PartProgressProps) {
  const segments = Math.max(1, Math.min(total, SEGMENTS_MAX));
  const partsPerSegment = Math.max(1, total) / segments;
  const filledParts = Math.min(total, done + partial.reduce((sum, part) => sum + part, 0));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${formatNumber(done)} of ${formatNumber(total)} parts`}
      className="flex h-1.5 gap-px"
    >
      {Array.from({ length: segments }, (_, index) => {
        const share = Math.min(1, Math.max(0, filledParts / partsPerSegment - index));
        return (
          <span key={index} className="flex-1 rounded-[1px]" style={{ background: segmentFill(share, FILL[tone]) }} />
        );
      })}
    </div>
  );
}

function segmentFill(share: number, colour: string): string {
  if (share <= 0) return "var(--color-line)";
  if (share >= 1) return colour;
  const edge = `${Math.round(share * 100)}%`;
  return `linear-gradient(90deg, ${colour} ${edge}, var(--color-accent-line) ${edge})`;
}
