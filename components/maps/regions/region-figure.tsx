"use client";

import { useState } from "react";
import { InlineSelect } from "#components/ui/inline-select";
import type { RegionsSpec } from "#lib/maps/regions/spec";
import { RegionBoundary } from "./region-boundary.tsx";
import { RegionLegend } from "./region-legend.tsx";
import { UnplacedRegions } from "./unplaced-regions.tsx";
import { useRegions } from "./use-regions.ts";

/** A choropleth among other figures: choices above, legend beside it, what is not on it below. */
export function RegionFigure({ regions: spec }: { regions: RegionsSpec }) {
  const [metricKey, setMetric] = useState<string | null>(null);
  const [periodKey, setPeriod] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const shown = useRegions(spec, metricKey, periodKey);
  const { metric, period, values } = shown;
  const periodLabel = spec.periods[period]?.label ?? "";
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {spec.metrics.length > 1 ? (
          <InlineSelect label="Metric" options={spec.metrics} value={metric.key} onChange={setMetric} />
        ) : null}
        {spec.periods.length > 1 ? (
          <InlineSelect
            label={spec.periodLabel}
            options={spec.periods}
            value={spec.periods[period]?.key ?? ""}
            onChange={setPeriod}
          />
        ) : null}
      </div>
      {spec.regions.length === 0 ? (
        <p className="text-sm text-muted">No name stands for a county of the United States.</p>
      ) : (
        <div className="grid gap-x-2 md:grid-cols-[minmax(0,1fr)_232px]">
          <div className="relative h-[380px] overflow-hidden rounded-md border border-line max-md:h-[300px]">
            <RegionBoundary
              label={`Map of ${spec.regions.length} counties by ${metric.label.toLowerCase()}, ${periodLabel}. The table holds the same values.`}
              regionsUrls={shown.urls}
              {...{ shades: shown.shades, order: shown.order, describe: shown.describe }}
              selected={selected}
              onSelect={(id) => setSelected(id === selected ? null : id)}
            />
          </div>
          <RegionLegend
            {...{ metric, classes: shown.classes, method: shown.method, onMethod: shown.setMethod }}
            period={periodLabel}
            selectedValue={selected === null ? undefined : values.get(selected)}
          />
        </div>
      )}
      <UnplacedRegions unplaced={spec.unplaced} metric={metric} />
    </div>
  );
}
