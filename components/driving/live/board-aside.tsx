"use client";

import { useState } from "react";
import { SegmentedControl } from "#components/ui/segmented";
import { formatNumber } from "#lib/format/numbers";
import type { AlertActions } from "./alert-item.tsx";
import { AlertList } from "./alert-list.tsx";
import type { LiveState } from "./board-store.ts";
import { EventFeed } from "./event-feed.tsx";
import { FrameList } from "./frame-list.tsx";

interface BoardAsideProps extends AlertActions {
  state: LiveState;
  nowMs: number;
  timeZone: string;
}

type Tab = "alerts" | "events" | "frames";

/** Beside the map: what needs an answer, what happened, and the frames. */
export function BoardAside({ state, nowMs, timeZone, ...actions }: BoardAsideProps) {
  const [tab, setTab] = useState<Tab>("alerts");
  const open = state.alerts.filter((alert) => alert.state === "open").length;
  return (
    <aside
      aria-label="Alerts and events"
      className="flex min-h-0 flex-col border-line bg-bg max-[860px]:flex-none max-[860px]:border-t min-[861px]:border-l"
    >
      <div className="flex flex-none items-center gap-2 border-b border-line px-[18px] py-2.5">
        <SegmentedControl
          label="Show"
          value={tab}
          onChange={setTab}
          segments={[
            { value: "alerts", label: `Alerts ${formatNumber(open)} open` },
            { value: "events", label: "Events" },
            { value: "frames", label: "Frames" },
          ]}
        />
      </div>
      <div
        className="min-h-0 flex-1 overflow-auto max-[860px]:max-h-[420px] max-[860px]:flex-none"
        tabIndex={0}
        role="region"
        aria-label={`List of ${tab}`}
      >
        {tab === "alerts" ? (
          <AlertList alerts={state.alerts} nowMs={nowMs} error={state.alertsError} {...actions} />
        ) : tab === "events" ? (
          <EventFeed feed={state.feed} nowMs={nowMs} />
        ) : (
          <FrameList frames={state.frames} timeZone={timeZone} />
        )}
      </div>
    </aside>
  );
}
