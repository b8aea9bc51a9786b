"use client";

import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";
import { SubmitButton } from "#components/ui/submit-button";
import { TextField } from "#components/ui/text-field";
import { ZoneClock } from "#lib/datasets/core/zone-clock";
import { apiFetch } from "#lib/http/client";
import { executionDetail } from "#lib/pipelines/schema";

interface PipelineActionsProps {
  pipelineId: string;
  timeZone: string;
  /** A source that is asked can be asked again for an earlier time. */
  hasBackfill: boolean;
}

/** Run now, or read a time again. */
export function PipelineActions({ pipelineId, timeZone, hasBackfill }: PipelineActionsProps) {
  const router = useRouter();
  const { pending, run, formError } = useSubmit();
  const path = `/api/v1/pipelines/${pipelineId}/executions`;
  const start = async (body: object) => {
    const { no } = await apiFetch(path, { method: "POST", body, response: executionDetail });
    router.push(`/pipelines/${pipelineId}?run=${no}`);
    router.refresh();
  };
  return (
    <>
      {formError() ? <FieldError>{formError()}</FieldError> : null}
      {hasBackfill ? <BackfillDialog timeZone={timeZone} onStart={start} /> : null}
      <Button
        variant="primary"
        size="sm"
        icon={<Play className="size-3.5" aria-hidden />}
        pending={pending}
        onClick={() => void run(() => start({}))}
      >
        Run now
      </Button>
    </>
  );
}

interface BackfillDialogProps {
  timeZone: string;
  onStart: (body: object) => Promise<void>;
}

function BackfillDialog({ timeZone, onStart }: BackfillDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const { pending, run, fieldError, formError } = useSubmit();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, until] = [textOf(form, "from"), textOf(form, "until")];
    const body = {
      ...(from === "" ? { untilAt: new Date().toISOString() } : { fromAt: startOfDay(from, timeZone) }),
      ...(until === "" ? {} : { untilAt: startOfDay(until, timeZone, 1) }),
    };
    if (await run(() => onStart(body))) setOpen(false);
  };
  return (
    <Dialog
      title="Read a time again"
      description="Asks the source for everything of these days. What is stored already is not stored twice."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Backfill</Button>}
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 pt-2">
        <div className="grid grid-cols-2 gap-3">
          <TextField label="From" name="from" type="date" error={fieldError("/fromAt")} />
          <TextField label="Until" name="until" type="date" optional error={fieldError("/untilAt")} />
        </div>
        {formError("/fromAt", "/untilAt") ? <FieldError>{formError("/fromAt", "/untilAt")}</FieldError> : null}
        <div className="flex justify-end">
          <SubmitButton variant="primary" pending={pending}>
            Start backfill
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

/** The instant at which a day of a calendar begins in a zone, or the day that many days later. */
function startOfDay(date: string, timeZone: string, daysLater = 0): string {
  const localMs = Date.parse(`${date}T00:00:00Z`) + daysLater * 86_400_000;
  return new Date(new ZoneClock(timeZone).toUtc(localMs).utcMs).toISOString();
}
