"use client";

import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { countOf, joinList } from "#lib/format/lists";
import type { SensorFilter } from "#lib/sensors/schema";
import { FILTER_KEYS } from "#lib/sensors/pages/url-filter";
import { useUrl } from "./use-url.ts";

interface EmptyProps {
  filter: SensorFilter;
  total: number;
  unplaced: number;
  mayUpload: boolean;
}

const WORDS: Readonly<Record<(typeof FILTER_KEYS)[number], string>> = {
  q: "text",
  state: "state",
  cause: "cause",
  owner: "owner",
  property: "quantity",
  mine: "my sensors",
  placed: "position",
};

/** Nothing to draw: why, and the one way on. */
export function EmptyMap(props: EmptyProps) {
  return (
    <div className="absolute inset-0 z-10 grid place-items-center p-4">
      <div className="float-panel max-w-[420px]">
        <EmptySensors {...props} />
      </div>
    </div>
  );
}

export function EmptySensors({ filter, total, unplaced, mayUpload }: EmptyProps) {
  const { href } = useUrl();
  const used = FILTER_KEYS.filter((key) => filter[key] !== undefined).map((key) => WORDS[key]);
  if (total === 0) {
    return (
      <EmptyState
        title="No sensors yet"
        actions={
          mayUpload ? (
            <Button variant="primary" href="/uploads">
              Upload a station list
            </Button>
          ) : undefined
        }
      >
        Sensors appear here when a station list or a file of readings has been uploaded and cleaned.
      </EmptyState>
    );
  }
  if (unplaced > 0) {
    return (
      <EmptyState
        title="None of them has a position"
        illustration={null}
        actions={<Button href={href({ view: "list" })}>Show the list</Button>}
      >
        {countOf(unplaced, "sensor matches", "sensors match")}, without a position. Upload a station list with latitude
        and longitude to see them here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No sensor matches"
      illustration={null}
      actions={
        <>
          <Button href={href(Object.fromEntries(FILTER_KEYS.map((key) => [key, null])))}>Clear filters</Button>
          <Button href={`/sensors/find${filter.q ? `?sensor=${encodeURIComponent(filter.q)}` : ""}`}>
            Find a sensor
          </Button>
        </>
      }
    >
      {used.length > 0 ? `Filtered by ${joinList(used)}.` : null}
    </EmptyState>
  );
}
