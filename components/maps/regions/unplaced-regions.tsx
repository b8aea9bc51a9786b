import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { RegionMetric, UnplacedRegion } from "#lib/maps/regions/spec";

interface UnplacedRegionsProps {
  unplaced: readonly UnplacedRegion[];
  metric: RegionMetric;
}

/** What has values and is not on the map: never left out without a word. */
export function UnplacedRegions({ unplaced, metric }: UnplacedRegionsProps) {
  if (unplaced.length === 0) return null;
  return (
    <details open={unplaced.length <= 5} className="text-sm">
      <summary className="cursor-pointer font-medium">{countOf(unplaced.length, "name")} not on the map</summary>
      <ul className="m-0 mt-1 list-none p-0">
        {unplaced.map(({ name, state, reason, values }) => (
          <li key={`${name} ${state}`} className="border-b border-line py-1.5 last:border-b-0">
            <span className="flex justify-between gap-3">
              <b className="font-medium">{[name, state].filter(Boolean).join(", ")}</b>
              <span className="whitespace-nowrap tabular-nums">
                {formatNumber(values[metric.key], { decimals: metric.decimals })}{" "}
                <span className="text-xs text-muted">{metric.unit}</span>
              </span>
            </span>
            <span className="block text-xs text-muted">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
