import { formatNumber } from "#lib/format/numbers";

export interface MemoryChartProps {
  /** What is measured: "memory", "CPU". */
  label: string;
  unit: string;
  /** Evenly spaced readings, oldest first; null = none. */
  values: readonly (number | null)[];
  /** Dashed at the top. */
  limit: number;
  /** How many readings fill the width; more than given leaves room for the rest of the run. */
  capacity?: number;
  /** Which figure stands at the right. */
  summary?: "peak" | "mean";
  decimals?: number;
  colour?: 1 | 2 | 3 | 4;
}

const HEIGHT = 44;

/** A small line under its limit, with the last reading and the peak in words. */
export function MemoryChart(props: MemoryChartProps) {
  const { label, unit, values, limit, summary = "peak", decimals = 2, colour = 1 } = props;
  const known = values.filter((value) => value !== null);
  const top = Math.max(limit, ...known) * 1.03 || 1;
  const span = Math.max(1, (props.capacity ?? values.length) - 1);
  const text = (value: number | undefined) => formatNumber(value, { decimals });
  const figure =
    summary === "peak" ? Math.max(...known) : known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const yOf = (value: number) => 2 + (1 - value / top) * (HEIGHT - 4);
  const path = values
    .map((value, index) => {
      if (value === null) return "";
      const command = index === 0 || values[index - 1] === null ? "M" : "L";
      return `${command}${((index / span) * 100).toFixed(2)},${yOf(value).toFixed(2)}`;
    })
    .join("");
  return (
    <div>
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="block"
      >
        <path
          d={`M0,${yOf(limit)}H100`}
          stroke="var(--color-muted)"
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={path}
          fill="none"
          stroke={`var(--data-${colour})`}
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <p className="mt-1 flex justify-between text-xs text-muted">
        <span>
          {label} {text(known.at(-1))} <span className="text-2xs">{unit}</span>
          <span className="sr-only">
            , limit {text(limit)} {unit}
          </span>
        </span>
        <span>
          {summary} {known.length ? text(figure) : "–"}
        </span>
      </p>
    </div>
  );
}
