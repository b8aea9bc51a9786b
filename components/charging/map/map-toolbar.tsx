"use client";

import { useRouter } from "next/navigation";
import { Checkbox } from "#components/ui/choice";
import { InlineSelect } from "#components/ui/inline-select";
import { SegmentedControl } from "#components/ui/segmented";
import type { ReadyMap } from "#lib/charging/statistics/service/read-map-page";
import { formatNumber } from "#lib/format/numbers";
import type { RegionMetric } from "#lib/maps/regions/spec";
import type { useMapChoice } from "./use-map-choice.ts";

interface MapToolbarProps {
  page: ReadyMap;
  metric: RegionMetric;
  period: number;
  choice: ReturnType<typeof useMapChoice>;
}

/** What the map shows: metric, month, stations, and of which run. */
export function MapToolbar({ page: { spec, run, runs, stationCount }, metric, period, choice }: MapToolbarProps) {
  const router = useRouter();
  const first = spec.metrics[0]?.key;
  const change = (key: string) => choice.change({ metric: key === first ? null : key });
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-6 py-2 max-md:px-4">
      <span className="max-[1180px]:hidden">
        <SegmentedControl
          label="Metric"
          value={metric.key}
          onChange={change}
          segments={spec.metrics.map(({ key, label }) => ({ value: key, label }))}
        />
      </span>
      <span className="min-[1181px]:hidden">
        <InlineSelect label="Metric" options={spec.metrics} value={metric.key} onChange={change} />
      </span>
      <InlineSelect
        label={spec.periodLabel}
        options={spec.periods}
        value={spec.periods[period]?.key ?? ""}
        onChange={(key) => choice.change({ month: key === spec.periods[0]?.key ? null : key })}
      />
      {stationCount > 0 ? (
        <Checkbox
          label={<span className="text-xs">{formatNumber(stationCount)} stations</span>}
          checked={choice.stations}
          onChange={(event) => choice.change({ stations: event.target.checked ? "true" : null })}
        />
      ) : null}
      {runs.length > 1 ? (
        <span className="min-w-0 lg:ml-auto">
          <InlineSelect
            label="Run"
            options={runs.map(({ id, title, at }) => ({ key: id, label: `${at.slice(0, 10)} ${title}` }))}
            value={run.id}
            onChange={(id) => router.push(`/charging/map?run=${id}`)}
          />
        </span>
      ) : null}
    </div>
  );
}
