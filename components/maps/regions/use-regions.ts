import { useMemo, useState } from "react";
import { formatNumber, MISSING } from "#lib/format/numbers";
import type { BreakMethod } from "#lib/maps/class-breaks";
import { type RegionShading, shadeRegions } from "#lib/maps/regions/shade-regions";
import { type RegionMetric, type RegionsSpec, regionUrls, valuesOf } from "#lib/maps/regions/spec";

export interface ShownRegions extends RegionShading {
  metric: RegionMetric;
  /** Index into the periods. */
  period: number;
  values: ReadonlyMap<string, number>;
  urls: readonly string[];
  describe: (id: string) => string;
  method: BreakMethod;
  setMethod: (method: BreakMethod) => void;
}

/** What map, legend and table show of a spec for one metric and period; what is not there falls back to the first. */
export function useRegions(spec: RegionsSpec, metricKey: string | null, periodKey: string | null): ShownRegions {
  const [method, setMethod] = useState<BreakMethod>("quantiles");
  const metric = spec.metrics.find(({ key }) => key === metricKey) ?? spec.metrics[0]!;
  const found = spec.periods.findIndex(({ key }) => key === periodKey);
  const period = Math.max(0, found);
  const values = useMemo(() => valuesOf(spec, metric.key, period), [spec, metric.key, period]);
  const shading = useMemo(() => shadeRegions(values, method), [values, method]);
  const urls = useMemo(() => regionUrls(spec), [spec]);
  const describe = (id: string) => {
    const value = values.get(id);
    return value === undefined ? `${MISSING} no data` : valueText(value, metric);
  };
  return { metric, period, values, urls, describe, method, setMethod, ...shading };
}

export function valueText(value: number | null | undefined, { decimals, unit }: RegionMetric): string {
  return `${formatNumber(value, { decimals })} ${unit}`;
}
