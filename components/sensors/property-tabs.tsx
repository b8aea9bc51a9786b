"use client";

import { LinkTabs } from "#components/ui/link-tabs";
import type { DatastreamView } from "#lib/sensors/schema";
import { unitLabel } from "#lib/sensors/pages/words";
import { useUrl } from "./use-url.ts";

/** One tab per quantity; range, zoom and overlays stay as they are. */
export function PropertyTabs({ streams, current }: { streams: readonly DatastreamView[]; current: string }) {
  const { href } = useUrl();
  const tabs = streams.map(({ observedProperty, label, unit }) => ({
    href: href({ property: observedProperty }),
    label,
    count: unitLabel(unit),
    current: observedProperty === current,
  }));
  return <LinkTabs label="Quantities" tabs={tabs} />;
}
