"use client";

import type { KeyboardEvent, MouseEvent } from "react";
import type { MapState } from "#lib/maps/spec";
import { formatCount, STATE_WORD } from "#lib/maps/state-words";
import { StateShape } from "./state-shape.tsx";

export interface LegendEntry {
  state: MapState;
  /** How many there are under all other filters. */
  count: number;
  /** Whether the map shows them. */
  shown: boolean;
  /** The word beside the shape when it is not the usual one, for example "Silent over 1 h". */
  label?: string;
  /** The same page with this state switched; without it the entry is a button. */
  href?: string;
}

export interface MapLegendProps {
  entries: LegendEntry[];
  title?: string;
  /** Called instead of following `href`, so that the map need not reload. */
  onToggle?: (state: MapState) => void;
  showClusterKey?: boolean;
}

/** The legend is the state filter: shape, word and count per state; on phones shapes and counts in one row. */
export function MapLegend({ entries, title = "Sensor state", onToggle, showClusterKey = false }: MapLegendProps) {
  return (
    <div
      role="group"
      aria-label={`Show by ${title.toLowerCase()}`}
      className="flex w-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-2 min-[860px]:block min-[860px]:w-49 min-[860px]:px-1.5 min-[860px]:pt-2.5 min-[860px]:pb-1.5"
    >
      <p className="hidden px-2 pb-1.5 text-xs font-[640] min-[860px]:block">{title}</p>
      {entries.map((entry) => (
        <LegendToggle key={entry.state} entry={entry} {...(onToggle ? { onToggle } : {})} />
      ))}
      {showClusterKey ? <ClusterKey /> : null}
    </div>
  );
}

const TOGGLE_CLASS =
  "flex h-9 cursor-pointer items-center gap-1.5 rounded-sm border-0 bg-transparent px-2 text-left text-xs no-underline hover:bg-hover focus-visible:outline-2 focus-visible:outline-focus max-[859px]:font-[600] min-[860px]:h-7 min-[860px]:w-full min-[860px]:gap-[9px]";

function LegendToggle({ entry, onToggle }: { entry: LegendEntry; onToggle?: (state: MapState) => void }) {
  const { state, count, shown, href } = entry;
  const word = entry.label ?? STATE_WORD[state];
  const shared = {
    "aria-pressed": shown,
    title: shown ? `Hide ${word.toLowerCase()}` : `Show ${word.toLowerCase()}`,
    className: `${TOGGLE_CLASS} ${shown ? "text-ink" : "text-muted line-through"}`,
  };
  const content = (
    <>
      <span className={shown ? "contents" : "opacity-35"}>
        <StateShape state={state} />
      </span>
      <span className="max-[859px]:sr-only">{word}</span>
      <span className="tabular-nums min-[860px]:ml-auto min-[860px]:text-muted">{formatCount(count)}</span>
    </>
  );
  if (href === undefined) {
    return (
      <button type="button" {...shared} onClick={() => onToggle?.(state)}>
        {content}
      </button>
    );
  }
  const follow = (event: MouseEvent) => {
    const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (!onToggle || opensElsewhere) return;
    event.preventDefault();
    onToggle(state);
  };
  return (
    <a href={href} role="button" {...shared} onClick={follow} onKeyDown={pressBySpace}>
      {content}
    </a>
  );
}

/** A link that is announced as a button has to answer to the space bar as well. */
function pressBySpace(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== " ") return;
  event.preventDefault();
  event.currentTarget.click();
}

const KEY_RING = [
  { color: "var(--color-good-mark)", share: 0.645, from: 0, width: 3, opacity: 0.55 },
  { color: "var(--color-suspect-mark)", share: 0.16, from: 0.645, width: 5, opacity: 1 },
  { color: "var(--color-fault-mark)", share: 0.115, from: 0.805, width: 5, opacity: 1 },
  { color: "var(--color-silent-mark)", share: 0.08, from: 0.92, width: 5, opacity: 1 },
];

function ClusterKey() {
  return (
    <div className="mx-2 mt-1.5 hidden items-center gap-[9px] border-t border-line pt-2 pb-1 text-2xs text-muted min-[860px]:flex">
      <svg width="26" height="26" viewBox="0 0 26 26" className="shrink-0" aria-hidden="true">
        <circle cx="13" cy="13" r="12.4" fill="var(--color-raised)" stroke="var(--color-line)" />
        {KEY_RING.map(({ color, share, from, width, opacity }) => (
          <circle
            key={color}
            cx="13"
            cy="13"
            r="9"
            fill="none"
            stroke={color}
            strokeWidth={width}
            strokeOpacity={opacity}
            pathLength={1}
            strokeDasharray={`${share - 0.03} 1`}
            transform={`rotate(${from * 360 - 90} 13 13)`}
          />
        ))}
      </svg>
      <span style={{ fontStretch: "88%" }}>
        Cluster: the ring shows
        <br />
        each state’s share
      </span>
    </div>
  );
}
