import { memo } from "react";
import { flagWords } from "#lib/charts/chart-words";
import { flagMarks, toneOfFlag } from "#lib/charts/flags";
import type { ChartFlag, TimeRange } from "#lib/charts/spec";
import { instantText } from "#lib/charts/time-ticks";
import { classNames } from "#lib/format/class-names";
import { countOf, joinList } from "#lib/format/lists";
import { laneItems, type LaneItem } from "./lane-layout.ts";
import { ShapeMark } from "./shape-mark.tsx";

interface FlagLaneProps {
  flags: readonly ChartFlag[];
  range: TimeRange;
  timeZone: string;
  /** Left edge and width of the plot above, so that both line up. */
  leftPx: number;
  widthPx: number;
}

const HEIGHT_PX = 24;
const TONE_FILL = {
  good: "fill-good",
  suspect: "fill-suspect",
  fault: "fill-fault",
  silent: "fill-silent",
  info: "fill-info",
} as const;
/** Shapes closer than this would cover each other. */
const JOIN_PX = 10;

function LaneMark({ item, timeZone }: { item: LaneItem; timeZone: string }) {
  const tone = toneOfFlag(item.flag);
  const title = `${flagWords(item)}, ${instantText(item.startAt, timeZone)} to ${instantText(item.endAt, timeZone)}. ${item.reason}`;
  return (
    <g>
      <title>{title}</title>
      {item.isBox && (
        <rect
          x={item.leftPx + 0.5}
          y="3.5"
          width={item.rightPx - item.leftPx - 1}
          height="17"
          rx="3"
          fill={`var(--color-${tone}-wash)`}
          stroke={`var(--color-${tone}-mark)`}
        />
      )}
      <ShapeMark tone={tone} x={item.shapeX} y={12} r={4.6} />
      {item.textX !== null && (
        <text
          x={item.textX}
          y="16"
          className={classNames(
            "text-2xs [font-stretch:88%]",
            item.isTextInside ? `font-bold ${TONE_FILL[tone]}` : "fill-muted",
          )}
        >
          {item.text}
        </text>
      )}
    </g>
  );
}

/** The flags of a chart as a strip under it: span, shape and word each. */
export const FlagLane = memo(function FlagLane({ flags, range, timeZone, leftPx, widthPx }: FlagLaneProps) {
  if (widthPx <= 0) return <div className="h-6" />;
  const marks = flagMarks(flags, { ...range, widthPx }, JOIN_PX);
  const words = [...new Set(marks.map(({ check }) => check))];
  const name = marks.length
    ? `${countOf(flags.length, "flagged span")}: ${joinList(words, 5)}`
    : "No flags in this range";
  return (
    <div className="relative h-6">
      <span aria-hidden="true" style={{ width: leftPx }} className="absolute top-1 left-0 cap pr-2 text-right">
        Flags
      </span>
      <svg
        role="img"
        aria-label={name}
        width={widthPx}
        height={HEIGHT_PX}
        style={{ left: leftPx }}
        className="absolute top-0 overflow-visible"
      >
        <rect y="3" width={widthPx} height="18" rx="3" fill="var(--color-sunken)" />
        {laneItems(marks, widthPx).map((item) => (
          <LaneMark key={`${item.flag} ${item.check} ${item.startAt}`} item={item} timeZone={timeZone} />
        ))}
        {marks.length === 0 && (
          <text x="8" y="16" fill="var(--color-muted)" className="text-2xs [font-stretch:88%]">
            none in this range
          </text>
        )}
      </svg>
    </div>
  );
});
