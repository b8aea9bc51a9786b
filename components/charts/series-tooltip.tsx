import { flagWords, type Reading } from "#lib/charts/chart-words";
import { toneOfFlag } from "#lib/charts/flags";
import type { SeriesChartSpec } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { LineSwatch } from "./line-swatch.tsx";

const TONE_TEXT = {
  good: "text-good",
  suspect: "text-suspect",
  fault: "text-fault",
  silent: "text-silent",
  info: "text-info",
} as const;

const FLAGS_MAX = 3;

interface SeriesTooltipProps {
  reading: Reading;
  chart: SeriesChartSpec;
  /** Place of the cursor, CSS pixels from the left of the figure, and the width of the figure. */
  leftPx: number;
  widthPx: number;
}

/** Lists every series, the residual and the flags at the cursor; stands on the side with more room. */
export function SeriesTooltip({ reading, chart, leftPx, widthPx }: SeriesTooltipProps) {
  const isRight = leftPx < widthPx / 2;
  const place = isRight ? { left: leftPx + 14 } : { right: widthPx - leftPx + 14 };
  return (
    <div
      aria-hidden="true"
      style={place}
      className="pointer-events-none absolute top-8 z-10 min-w-36 rounded-lg border border-line bg-raised px-2.5 py-2 text-xs whitespace-nowrap text-ink-2 shadow-3"
    >
      <div className="mb-1 text-muted">{reading.time}</div>
      {reading.lines.map((line) => (
        <div key={line.id} className="flex items-center justify-between gap-4">
          <span className="flex items-center gap-1.5">
            <LineSwatch series={chart.series.find(({ id }) => id === line.id)} all={chart.series} />
            {line.label}
          </span>
          <b className="font-bold text-ink">{line.value}</b>
        </div>
      ))}
      {reading.flags.slice(0, FLAGS_MAX).map((flag) => (
        <div
          key={`${flag.flag} ${flag.check} ${flag.startAt}`}
          className={classNames("mt-1", TONE_TEXT[toneOfFlag(flag.flag)])}
        >
          {flagWords(flag)}
        </div>
      ))}
    </div>
  );
}
