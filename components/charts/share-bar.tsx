import { StateBadge } from "#components/ui/state-badge";
import type { Tone } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";

export interface SharePart {
  tone: Tone;
  /** The word beside the count; default the name of the state. */
  label?: string;
  count: number;
}

interface ShareBarProps {
  parts: readonly SharePart[];
  /** Leaves the words out where they stand nearby already. */
  isBare?: boolean;
}

const GAP_PX = 2;
const HEIGHT_PX = 8;
const WIDTH_PERCENT_MIN = 1.2;

/** Widths in percent that add up to 100; a small share stays visible. */
function widthsOf(parts: readonly SharePart[]): number[] {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const raw = parts.map(({ count }) => (count > 0 ? Math.max(WIDTH_PERCENT_MIN, (count / total) * 100) : 0));
  const sum = raw.reduce((a, b) => a + b, 0) || 1;
  return raw.map((width) => (width / sum) * 100);
}

/** How many are in which state, as one stacked bar with counts. Good is paler: colour is for exceptions. */
export function ShareBar({ parts, isBare }: ShareBarProps) {
  const widths = widthsOf(parts);
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((a, b) => a + b, 0));
  return (
    <div>
      <svg width="100%" height={HEIGHT_PX} aria-hidden="true" className="block">
        <rect
          width="100%"
          height={HEIGHT_PX}
          rx="2"
          fill="var(--color-line)"
          opacity={parts.some(({ count }) => count) ? 0 : 1}
        />
        {parts.map(({ tone, count }, index) =>
          count > 0 ? (
            <svg key={tone} x={`${lefts[index]}%`} width={`${widths[index]}%`} height={HEIGHT_PX}>
              <rect
                width="100%"
                height={HEIGHT_PX}
                rx="2"
                fill={`var(--color-${tone}-mark)`}
                opacity={tone === "good" ? 0.45 : 1}
              />
              {(lefts[index] ?? 0) > 0 && <rect width={GAP_PX} height={HEIGHT_PX} fill="var(--color-surface)" />}
            </svg>
          ) : null,
        )}
      </svg>
      <ul className={isBare ? "sr-only" : "mt-2 flex flex-wrap gap-x-3.5 gap-y-1"}>
        {parts.map(({ tone, label, count }) => (
          <li key={tone}>
            <StateBadge state={tone}>
              {formatNumber(count)} {label ?? tone}
            </StateBadge>
          </li>
        ))}
      </ul>
    </div>
  );
}
