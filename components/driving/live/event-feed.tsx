import { EmptyState } from "#components/ui/empty-state";
import { StateShape } from "#components/ui/state-shape";
import type { FeedLine } from "#lib/driving/board/core/feed-words";
import { formatAge } from "#lib/format/ages";
import { driverHref } from "../driver-href.tsx";

const SHOWN_MAX = 100;

/** What happened, in sentences, newest first. */
export function EventFeed({ feed, nowMs }: { feed: readonly FeedLine[]; nowMs: number }) {
  if (feed.length === 0) {
    return (
      <EmptyState title="Nothing to tell yet" illustration={null}>
        Overspeed, coasting, hard braking, fatigue and arrivals are told here as they come.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Events" className="m-0 list-none p-0">
      {feed.slice(0, SHOWN_MAX).map(({ id, driver, plate, tone, text, toldAtMs }) => (
        <li
          key={id}
          className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 border-b border-line px-[18px] py-2 text-sm leading-[19px]"
        >
          <StateShape shape={tone} className="mt-1" />
          <span className="min-w-0 text-ink-2">
            {driver === null ? null : (
              <>
                <a href={driverHref(driver)} className="font-medium text-ink" title={plate}>
                  {driver}
                </a>{" "}
              </>
            )}
            {text}
          </span>
          <span className="text-xs text-muted">{formatAge(toldAtMs, nowMs)} ago</span>
        </li>
      ))}
    </ul>
  );
}
