"use client";

import { useState } from "react";
import { SegmentedControl } from "#components/ui/segmented";
import type { Track } from "#lib/driving/board/board";
import { wallText } from "#lib/driving/core/frames";
import { LIMIT_KMH, visiblePart } from "#lib/driving/board/visible-part";

const RANGES = [
  { value: "30", label: "30 s" },
  { value: "60", label: "1 min" },
  { value: "300", label: "5 min" },
  { value: "3600", label: "1 h" },
  { value: "43200", label: "12 h" },
] as const;
const [WIDTH, HEIGHT, SPEED_MAX_KMH] = [360, 140, 160];

interface SpeedChartProps {
  driver: string;
  track: Track;
}

/** Speed of one driver up to his newest record; gaps break the line. */
export function SpeedChart({ driver, track }: SpeedChartProps) {
  const [range, setRange] = useState<(typeof RANGES)[number]["value"]>("300");
  const { lines, untilMs } = visiblePart(track, {
    rangeS: Number(range),
    widthPx: WIDTH,
    heightPx: HEIGHT,
    maxKmh: SPEED_MAX_KMH,
  });
  const yOf = (speedKmh: number) => HEIGHT - (speedKmh / SPEED_MAX_KMH) * HEIGHT;
  const newest = track.speedKmh.at(-1);
  const label = `Speed of ${driver}, now ${newest ?? "unknown"} km/h`;
  return (
    <figure className="m-0">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-2 pb-2">
        <span className="text-sm font-bold">{driver}</span>
        <span className="cap">speed, km/h</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full overflow-visible" role="img" aria-label={label}>
        {[0, 60, 120].map((speedKmh) => (
          <g key={speedKmh}>
            <line
              x1={0}
              x2={WIDTH}
              y1={yOf(speedKmh)}
              y2={yOf(speedKmh)}
              className={speedKmh === LIMIT_KMH ? "stroke-ink" : "stroke-line"}
              strokeDasharray={speedKmh === LIMIT_KMH ? "4 3" : undefined}
            />
            <text x={2} y={yOf(speedKmh) - 3} className="fill-muted text-[10px]">
              {speedKmh === LIMIT_KMH ? "limit 120" : speedKmh}
            </text>
          </g>
        ))}
        {lines.map((points) => (
          <polyline key={points} points={points} fill="none" className="stroke-data-1" strokeWidth={1.5} />
        ))}
      </svg>
      <div className="flex flex-wrap items-center justify-between gap-2 pt-2">
        <SegmentedControl label="Stretch of time" value={range} onChange={setRange} segments={RANGES} />
        <span className="text-xs text-muted">
          {untilMs === null ? "No record yet" : `until ${wallText(untilMs).slice(11)}`}
        </span>
      </div>
    </figure>
  );
}
