import { Button } from "#components/ui/button";
import { SegmentedLinks } from "#components/ui/segmented";
import { EPISODE_KINDS } from "#lib/driving/core/track-episodes";
import type { DriverPageQuery } from "#lib/driving/drivers/schema";
import { KIND_WORDS } from "./episode-words.tsx";

type Asked = Pick<DriverPageQuery, "kind" | "from" | "to">;

interface EpisodeFilterProps {
  query: Asked;
  hrefOf: (query: Asked) => string;
  /** Where the form of the period leads; the kind goes along. */
  action: string;
}

const DATE =
  "h-(--control-sm) rounded-md border border-control bg-raised px-2 text-xs focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-focus max-sm:h-9";

/** Kind and period of the episodes shown; both live in the address. */
export function EpisodeFilter({ query, hrefOf, action }: EpisodeFilterProps) {
  const { kind, from, to } = query;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedLinks
        label="Kind"
        segments={[
          { href: hrefOf({ from, to }), label: "All", current: kind === undefined },
          ...EPISODE_KINDS.map((one) => ({
            href: hrefOf({ from, to, kind: one }),
            label: KIND_WORDS[one],
            current: kind === one,
          })),
        ]}
      />
      <form action={action} className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
        {kind === undefined ? null : <input type="hidden" name="kind" value={kind} />}
        <label className="flex items-center gap-1.5">
          from <input type="date" name="from" defaultValue={from} className={DATE} />
        </label>
        <label className="flex items-center gap-1.5">
          to <input type="date" name="to" defaultValue={to} className={DATE} />
        </label>
        <Button size="sm" type="submit">
          Show
        </Button>
        {(from ?? to) ? (
          <Button size="sm" variant="ghost" href={hrefOf({ kind })}>
            All days
          </Button>
        ) : null}
      </form>
    </div>
  );
}
