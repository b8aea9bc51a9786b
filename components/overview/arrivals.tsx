"use client";

import { Bars } from "#components/charts/bars";
import { ChartFigure } from "#components/charts/chart-figure";
import { SourceLine } from "#components/ui/source-line";
import { formatTime } from "#lib/format/dates";
import { formatNumber } from "#lib/format/numbers";

export interface HourOfArrivals {
  /** Start of the hour, epoch ms. */
  atMs: number;
  /** null = nothing was measured. */
  count: number | null;
}

interface ArrivalsProps {
  hours: readonly HourOfArrivals[];
  timeZone: string;
  zoneName: string;
}

const TICK_EVERY_H = 3;

/** Observations of the last 24 hours by the hour they were measured in; hours without any are hatched. */
export function Arrivals({ hours, timeZone, zoneName }: ArrivalsProps) {
  const total = hours.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const label = (atMs: number) => formatTime(atMs, { timeZone });
  const table = {
    columns: [
      { key: "hour", label: `Hour (${zoneName})` },
      { key: "count", label: "Observations", align: "right" as const, decimals: 0 },
    ],
    rows: hours.map(({ atMs, count }) => ({ hour: label(atMs), count })),
  };
  const ticks = hours.flatMap(({ atMs }, index) => (index % TICK_EVERY_H === 0 ? [{ index, label: label(atMs) }] : []));
  return (
    <ChartFigure
      level={2}
      title="Arrivals, last 24 hours"
      caption={`observations per hour measured, ${zoneName}`}
      table={table}
      source={
        <SourceLine className="mt-0">
          <span>Counted in the database, after duplicates</span>
          <span>{formatNumber(total)} in 24 hours</span>
        </SourceLine>
      }
    >
      <Bars
        name={`Observations per hour over the last 24 hours, ${formatNumber(total)} in all`}
        bars={hours.map(({ atMs, count }) => ({ label: label(atMs), value: count }))}
        colour={3}
        isDense
        heightPx={76}
        ticks={ticks}
        gapWords={(first, last) => (hasRoom(hours, label, first) ? `no data ${first} to ${last}` : "")}
      />
    </ChartFigure>
  );
}

/** Words over a gap run to the right; beyond four fifths they would leave the figure. */
function hasRoom(hours: readonly HourOfArrivals[], label: (atMs: number) => string, first: string): boolean {
  return hours.findIndex(({ atMs }) => label(atMs) === first) < hours.length * 0.8;
}
