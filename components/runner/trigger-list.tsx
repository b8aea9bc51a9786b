"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { ConfirmDialog } from "#components/ui/dialog";
import { Time } from "#components/ui/time";
import { apiFetch } from "#lib/http/client";
import { scheduleWords } from "#lib/pipelines/core/schedule-words";
import type { AppTrigger } from "#lib/runner/triggers/schema";

interface TriggerListProps {
  triggers: readonly AppTrigger[];
  timeZone: string;
  now: string;
  mayChange: boolean;
}

/** What starts an app by itself: when next, how it went last, with a switch and a way to remove it. */
export function TriggerList({ triggers, mayChange, ...when }: TriggerListProps) {
  if (triggers.length === 0) {
    return <p className="text-sm text-muted">Nothing starts it by itself, besides zips that are dropped.</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {triggers.map((trigger) => (
        <li key={trigger.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 py-2.5 text-sm">
          <TriggerWords trigger={trigger} {...when} />
          {mayChange ? <TriggerActions trigger={trigger} /> : null}
        </li>
      ))}
    </ul>
  );
}

function TriggerWords({ trigger, timeZone, now }: { trigger: AppTrigger; timeZone: string; now: string }) {
  const { kind, cron, hookPath, inputName, isEnabled, nextAt, lastAt, lastRunId, lastError } = trigger;
  return (
    <div className="min-w-0 flex-1 basis-64">
      <p>
        <b className="font-medium">{kind === "schedule" ? `Schedule, ${scheduleWords(cron)}` : "Webhook"}</b>
        <span className="text-muted">
          {" "}
          on {inputName}
          {isEnabled ? "" : ", switched off"}
        </span>
      </p>
      {hookPath ? (
        <p className="flex items-center gap-1 text-xs text-ink-2">
          <code className="font-mono [overflow-wrap:anywhere]">POST {hookPath}</code>
          <CopyButton text={hookPath} what="path of the webhook" className="-my-1" />
        </p>
      ) : null}
      <p className="text-xs text-muted">
        {nextAt ? (
          <>
            next <Time at={nextAt} timeZone={timeZone} now={now} />
            {", "}
          </>
        ) : null}
        {lastAt ? (
          <>
            last <Time at={lastAt} timeZone={timeZone} now={now} />
            {lastRunId && lastError === null ? (
              <>
                {": "}
                <Link className="link" href={`/runs/${lastRunId}`}>
                  its run
                </Link>
              </>
            ) : null}
          </>
        ) : (
          "not started yet"
        )}
      </p>
      {lastError ? <p className="text-xs text-fault">{lastError}</p> : null}
    </div>
  );
}

function TriggerActions({ trigger: { id, kind, isEnabled } }: { trigger: AppTrigger }) {
  const router = useRouter();
  const send = async (method: "PATCH" | "DELETE") => {
    const body = method === "PATCH" ? { body: { isEnabled: !isEnabled } } : {};
    await apiFetch(`/api/v1/runner/triggers/${id}`, { method, ...body });
    router.refresh();
  };
  return (
    <div className="flex gap-2">
      <Button size="sm" onClick={() => void send("PATCH")}>
        {isEnabled ? "Switch off" : "Switch on"}
      </Button>
      <ConfirmDialog
        title={`Remove this ${kind}?`}
        description="Runs that it has started stay."
        confirmLabel="Remove it"
        cancelLabel="Keep it"
        onConfirm={() => send("DELETE")}
        trigger={<Button size="sm">Remove</Button>}
      />
    </div>
  );
}
