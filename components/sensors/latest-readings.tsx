"use client";

import { Quantity } from "#components/ui/quantity";
import { Sparkline } from "#components/ui/sparkline";
import { formatNumber } from "#lib/format/numbers";
import type { DatastreamView, RecentAnswer, SensorDetail } from "#lib/sensors/schema";
import { useRecent } from "./use-sensor.ts";
import { decimalsOf, readingText, unitLabel } from "#lib/sensors/pages/words";

/** Every quantity with its last week as a small line and its latest value. */
export function LatestReadings({ sensor }: { sensor: SensorDetail }) {
  const { data } = useRecent(sensor.id);
  if (sensor.datastreams.length === 0) return <p className="text-sm text-muted">No readings have arrived.</p>;
  return (
    <ul>
      {sensor.datastreams.map((stream) => (
        <li key={stream.id} className="grid grid-cols-[104px_minmax(0,1fr)_84px] items-center gap-3 py-[5px] text-sm">
          <span className="truncate text-muted" title={stream.label}>
            {stream.label}
          </span>
          <span className="h-[34px]">
            <Line stream={stream} recent={data} />
          </span>
          <span className="text-right">
            <Quantity value={stream.lastValue} unit={unitLabel(stream.unit)} decimals={decimalsOf(stream.unit)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Line({ stream, recent }: { stream: DatastreamView; recent: RecentAnswer | undefined }) {
  const points = recent?.items.find(({ observedProperty }) => observedProperty === stream.observedProperty);
  const known = points?.v.filter((value) => value !== null) ?? [];
  if (!points || known.length < 2) return null;
  const range = `${formatNumber(Math.min(...known), { decimals: 1 })} to ${readingText(Math.max(...known), stream.unit)}`;
  return <Sparkline values={points.v} heightPx={28} label={`${stream.label}, hourly means of 7 days, ${range}`} />;
}
