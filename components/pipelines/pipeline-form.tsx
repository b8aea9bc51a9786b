"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { SelectField } from "#components/ui/select-field";
import { SubmitButton } from "#components/ui/submit-button";
import { NumberField, TextField } from "#components/ui/text-field";
import { ReadyFieldset } from "#components/ui/ready-fieldset";
import { apiFetch } from "#lib/http/client";
import { pipelineDetail, type PipelineDetail } from "#lib/pipelines/schema";
import { SOURCE_TITLES, type SourceConfig } from "#lib/sensors/sources/schema";
import { NEW_DRAFT, toDraft, toSource, type PipelineDraft } from "./pipeline-draft.ts";
import { ScheduleField } from "./schedule-field.tsx";
import { SourceFields } from "./source-fields.tsx";

interface PipelineFormProps {
  /** What is to be changed; null for a new one. */
  pipeline: PipelineDetail | null;
  timeZone: string;
}

const KINDS = Object.entries(SOURCE_TITLES).map(([value, label]) => ({ value, label }));

/** Source, key and schedule of a pipeline. */
export function PipelineForm({ pipeline, timeZone }: PipelineFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState<PipelineDraft>(() => (pipeline ? toDraft(pipeline) : NEW_DRAFT));
  const { pending, run, fieldError, formError, problem } = useSubmit();
  const change = (part: Partial<PipelineDraft>) => setDraft((known) => ({ ...known, ...part }));
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run(async () => {
      const path = pipeline ? `/api/v1/pipelines/${pipeline.id}` : "/api/v1/pipelines";
      const method = pipeline ? "PATCH" : "POST";
      const saved = await apiFetch(path, { method, body: toBody(draft, pipeline), response: pipelineDetail });
      router.push(`/pipelines/${saved.id}`);
      router.refresh();
    });
  };
  const isAsked = draft.kind !== "files";
  return (
    <form aria-label="Pipeline" noValidate onSubmit={(event) => void submit(event)}>
      <ReadyFieldset className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          error={fieldError("/name")}
        />
        <SelectField
          label="Source"
          options={KINDS}
          value={draft.kind}
          onChange={(event) => change({ kind: event.target.value as SourceConfig["kind"] })}
        />
        <SourceFields
          draft={draft}
          onChange={(name, value) => change({ values: { ...draft.values, [name]: value } })}
          errorOf={(pointer) => problem?.errors.find((error) => error.pointer.startsWith(pointer))?.detail}
        />
        {isAsked ? (
          <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
            <TextField
              label="Key"
              name="secret"
              type="password"
              autoComplete="off"
              optional={draft.kind === "http"}
              value={draft.secret}
              onChange={(event) => change({ secret: event.target.value })}
              hint={pipeline?.hasSecret ? "One is stored; empty keeps it" : "Stored encrypted, never shown again"}
              error={fieldError("/secret")}
            />
            <NumberField
              label="Begin with the last"
              unit="days"
              value={draft.historyDays}
              onChange={(event) => change({ historyDays: event.target.value })}
              hint="For sensors that were never read"
              error={fieldError("/settings/historyDays")}
            />
          </div>
        ) : null}
        <ScheduleField
          cron={draft.cron}
          timeZone={timeZone}
          onChange={(cron) => change({ cron })}
          error={fieldError("/cron")}
        />
        <Checkbox
          label="Also run when new files arrive"
          checked={draft.runsOnNewData}
          onChange={(event) => change({ runsOnNewData: event.target.checked })}
        />
        {pipeline ? (
          <Checkbox
            label="Starts by itself"
            hint="Off: only by hand"
            checked={draft.isEnabled}
            onChange={(event) => change({ isEnabled: event.target.checked })}
          />
        ) : null}
        <FormError>{formError("/name", "/secret", "/cron", "/settings/historyDays")}</FormError>
        <div className="flex gap-2">
          <SubmitButton variant="primary" pending={pending}>
            {pipeline ? "Save changes" : "Create pipeline"}
          </SubmitButton>
          <Button href={pipeline ? `/pipelines/${pipeline.id}` : "/pipelines"}>Cancel</Button>
        </div>
      </ReadyFieldset>
    </form>
  );
}

function toBody(draft: PipelineDraft, pipeline: PipelineDetail | null): object {
  return {
    name: draft.name,
    settings: { source: toSource(draft), historyDays: Number(draft.historyDays) },
    cron: draft.cron.trim() === "" ? null : draft.cron,
    runsOnNewData: draft.runsOnNewData,
    ...(draft.secret === "" ? {} : { secret: draft.secret }),
    ...(pipeline ? { isEnabled: draft.isEnabled } : {}),
  };
}
