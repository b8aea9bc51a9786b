import { classNames } from "#lib/format/class-names";
import { countOf } from "#lib/format/lists";
import { formatCompact, formatNumber } from "#lib/format/numbers";
import { BREAK_METHODS, type BreakMethod } from "#lib/maps/class-breaks";
import type { RegionMetric } from "#lib/maps/regions/spec";
import type { RegionClass } from "#lib/maps/regions/shade-regions";

interface RegionLegendProps {
  metric: RegionMetric;
  /** "All months", "2019-03". */
  period: string;
  classes: readonly RegionClass[];
  /** Value of the selected area; its class is marked. */
  selectedValue?: number | undefined;
  method: BreakMethod;
  onMethod: (method: BreakMethod) => void;
  className?: string;
}

const METHOD_WORDS: Record<BreakMethod, string> = { quantiles: "equal counts", steps: "equal steps" };
const BAR_PX = 44;
const NO_DATA_HATCH =
  "repeating-linear-gradient(45deg, var(--color-map-land) 0 4px, var(--color-line-strong) 4px 5.4px)";

/** Limits of a class; large and small numbers keep what tells them apart. */
function limitText(value: number, { decimals }: RegionMetric): string {
  return Math.abs(value) >= 1e6 ? formatCompact(value) : formatNumber(value, { decimalsMax: Math.max(decimals, 1) });
}

/** Nothing for what is its own unit: sessions are counted in sessions. */
function unitWords({ label, unit }: RegionMetric): string {
  return label.toLowerCase() === unit ? "" : `, ${unit}`;
}

/** The key of the colours is their histogram: per class its limits and how many areas lie in it. */
export function RegionLegend(props: RegionLegendProps) {
  const { metric, period, classes, selectedValue, method, onMethod, className } = props;
  const most = Math.max(1, ...classes.map(({ count }) => count));
  const chosen = classes.findLast(({ from }) => selectedValue !== undefined && selectedValue >= from);
  return (
    <figure className={classNames("m-0 px-3 py-2.5 text-ink", className)}>
      <figcaption className="pb-1.5 text-xs leading-4">
        <b className="font-[640]">{metric.label}</b>
        <span className="text-muted">
          {unitWords(metric)}, {period}
        </span>
      </figcaption>
      {classes.length === 0 ? <p className="m-0 text-2xs text-muted">No values here.</p> : null}
      <ul className="m-0 flex list-none flex-col-reverse p-0 text-2xs leading-[18px] tabular-nums">
        {classes.map((one) => (
          <li key={one.shade} className="flex items-center gap-2">
            <span
              aria-hidden="true"
              className={classNames(
                "h-3.5 w-5 flex-none",
                one === chosen && "outline-2 outline-offset-1 outline-focus",
              )}
              style={{ background: `var(--seq-${one.shade})` }}
            />
            <span className="min-w-0 flex-1 whitespace-nowrap">
              {one.from === one.to
                ? limitText(one.from, metric)
                : `${limitText(one.from, metric)} to ${limitText(one.to, metric)}`}
              {one === chosen ? <span className="sr-only"> (selected)</span> : null}
            </span>
            <span aria-hidden="true" className="flex justify-end" style={{ width: BAR_PX }}>
              <span className="h-2 bg-faint/60" style={{ width: `${(100 * one.count) / most}%` }} />
            </span>
            <span className="w-5 text-right text-muted">
              <span aria-hidden="true">{one.count}</span>
              <span className="sr-only">{countOf(one.count, "area")}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-2 pt-1 text-2xs text-muted">
        <span aria-hidden="true" className="h-3.5 w-5 flex-none" style={{ background: NO_DATA_HATCH }} />
        no data
        <label className="ml-auto flex items-center gap-1">
          <span className="sr-only">Classes</span>
          <select
            value={method}
            onChange={(event) => onMethod(BREAK_METHODS.find((one) => one === event.target.value) ?? "quantiles")}
            className="cursor-pointer rounded-xs border-0 bg-transparent p-0 text-2xs text-muted underline decoration-line-strong underline-offset-3 hover:text-ink focus-visible:outline-2 focus-visible:outline-focus"
          >
            {BREAK_METHODS.map((one) => (
              <option key={one} value={one}>
                {METHOD_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </figure>
  );
}
