"use client";

import { RotateCw, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import useSWR from "swr";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { Section } from "#components/ui/section";
import { Time } from "#components/ui/time";
import { useNow } from "#components/ui/use-now";
import { useSubmit } from "#components/auth/use-submit";
import { apiFetch } from "#lib/http/client";
import { executionDetail, type ExecutionDetail } from "#lib/pipelines/schema";
import { ExecutionSteps } from "./execution-steps.tsx";
import { ExecutionBadge, triggerWords } from "./pipeline-words.tsx";

const LIVE_REFRESH_MS = 1_500;
/** One that has ended may be told to go on, here or elsewhere. */
const REST_REFRESH_MS = 5_000;

/** One and the same function: a new one at every second's drawing would begin the wait anew each time. */
const refreshMs = (latest: ExecutionDetail | undefined) =>
  latest === undefined || latest.state === "running" ? LIVE_REFRESH_MS : REST_REFRESH_MS;

interface ExecutionViewProps {
  execution: ExecutionDetail;
  mayChange: boolean;
  timeZone: string;
  now: string;
}

/** One run of a pipeline, followed while it runs; cancel it, or go on from where it failed. */
export function ExecutionView({ execution: first, mayChange, timeZone, now }: ExecutionViewProps) {
  const path = `/api/v1/pipelines/executions/${first.id}`;
  const { data: execution, mutate } = useSWR(path, (url) => apiFetch(url, { response: executionDetail }), {
    fallbackData: first,
    refreshInterval: refreshMs,
  });
  const isRunning = execution.state === "running";
  const router = useRouter();
  const hasEnded = first.state === "running" && !isRunning;
  useEffect(() => {
    // What stands around it, the history too, was drawn while it ran.
    if (hasEnded) router.refresh();
  }, [hasEnded, router]);
  const nowMs = useNow(now, isRunning ? 1 : 3600);
  const { pending, run, formError } = useSubmit();
  const act = (what: "retry" | "cancel") =>
    void run(async () => {
      await mutate(await apiFetch(`${path}/${what}`, { method: "POST", body: {}, response: executionDetail }), false);
    });
  const mayRetry = execution.state === "failed" || execution.state === "cancelled" || execution.steps.some(waits);
  return (
    <Section
      title={`Run ${execution.no}`}
      caption={
        <>
          {triggerWords(execution)}, <Time at={execution.startedAt} timeZone={timeZone} now={now} />
        </>
      }
      more={
        <>
          <ExecutionBadge state={execution.state} pill />
          {mayChange && mayRetry ? (
            <Button size="sm" icon={RotateCw} pending={pending} onClick={() => act("retry")}>
              {isRunning ? "Try now" : "Go on from here"}
            </Button>
          ) : null}
          {mayChange && isRunning ? (
            <Button size="sm" variant="danger" icon={X} pending={pending} onClick={() => act("cancel")}>
              Cancel
            </Button>
          ) : null}
        </>
      }
    >
      {formError() ? <FieldError>{formError()}</FieldError> : null}
      <BackfillWords execution={execution} timeZone={timeZone} />
      <ExecutionSteps execution={execution} timeZone={timeZone} nowMs={nowMs} />
      {execution.skippedStarts > 0 ? (
        <p className="mt-2 text-xs text-muted">
          Asked to start {execution.skippedStarts} more {execution.skippedStarts === 1 ? "time" : "times"} meanwhile: a
          pipeline runs once at a time.
        </p>
      ) : null}
    </Section>
  );
}

const waits = ({ state, retryAt }: ExecutionDetail["steps"][number]) => state === "running" && retryAt !== null;

function BackfillWords({ execution, timeZone }: { execution: ExecutionDetail; timeZone: string }) {
  if (execution.fromAt === null) return null;
  return (
    <p className="mb-2 text-sm text-muted">
      Reads <Time at={execution.fromAt} timeZone={timeZone} /> to <Time at={execution.untilAt} timeZone={timeZone} />{" "}
      again.
    </p>
  );
}
