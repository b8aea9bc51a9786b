"use client";

import { Timeline } from "#components/charts/timeline";
import { Section } from "#components/ui/section";
import { useNow } from "#components/ui/use-now";
import { isLive } from "#lib/runs/schema";
import { useFeed } from "./run-feed-provider.tsx";
import { timelineSteps } from "./timeline-steps.ts";

/** What the run has done, does, and is expected to do. */
export function RunSteps({ now, failedStep = null }: { now: string; failedStep?: string | null }) {
  const { run } = useFeed();
  const live = isLive(run.state);
  const nowMs = useNow(now, live ? 1 : 3600);
  const steps = timelineSteps(run, failedStep);
  const done = steps.filter((step) => step.endS !== null).length;
  const caption = live
    ? `${done} of ${steps.length}; line: now${run.expectedSteps.length > 0 ? ", dashed: expected from earlier runs" : ""}`
    : "since it was asked for";
  return (
    <Section title="Steps" caption={caption}>
      <Timeline steps={steps} nowS={live ? Math.max(0, (nowMs - Date.parse(run.queuedAt)) / 1000) : null} />
    </Section>
  );
}
