"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { ScheduleField } from "#components/pipelines/schedule-field";
import { SecretNote } from "#components/settings/secret-note";
import { Button } from "#components/ui/button";
import { SelectField } from "#components/ui/select-field";
import { SubmitButton } from "#components/ui/submit-button";
import { apiFetch, ProblemError } from "#lib/http/client";
import { createdTrigger } from "#lib/runner/triggers/schema";
import { useSendFile } from "./use-send-file.ts";
import { ZipField } from "./zip-field.tsx";

const KINDS = [
  { value: "schedule", label: "A schedule" },
  { value: "webhook", label: "A webhook: signed requests" },
];

/** Adds a schedule or a webhook; shows a webhook's secret once. */
export function AddTrigger({ appId, timeZone }: { appId: string; timeZone: string }) {
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) {
    return (
      <SecretNote title="Webhook added" secret={secret} what="secret" onDone={() => setSecret(null)}>
        Requests carry <code className="font-mono">Fieldport-Signature: t=…,v1=…</code>, the hex HMAC-SHA256 of “t.body”
        under this secret; the guide shows how.
      </SecretNote>
    );
  }
  if (!isOpen) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        Add schedule or webhook
      </Button>
    );
  }
  const done = (made: string | null) => {
    setOpen(false);
    setSecret(made);
  };
  return <TriggerForm appId={appId} timeZone={timeZone} onDone={done} onCancel={() => setOpen(false)} />;
}

interface TriggerFormProps {
  appId: string;
  timeZone: string;
  onDone: (secret: string | null) => void;
  onCancel: () => void;
}

function TriggerForm({ appId, timeZone, onDone, onCancel }: TriggerFormProps) {
  const router = useRouter();
  const send = useSendFile();
  const [kind, setKind] = useState("schedule");
  const [cron, setCron] = useState("10 6 * * *");
  const [zip, setZip] = useState<File | null>(null);
  const { pending, run, fieldError, formError } = useSubmit();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run(async () => {
      const given = kind === "schedule" ? { kind, cron: requireCron(cron) } : { kind };
      const body = { ...given, uploadId: await send(requireZip(zip)) };
      const path = `/api/v1/runner/apps/${appId}/triggers`;
      const { secret } = await apiFetch(path, { method: "POST", body, response: createdTrigger });
      router.refresh();
      onDone(secret);
    });
  };
  return (
    <form
      aria-label="Schedule or webhook"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex max-w-[560px] flex-col gap-4"
    >
      <SelectField
        label="What starts it"
        options={KINDS}
        value={kind}
        onChange={(event) => setKind(event.target.value)}
      />
      {kind === "schedule" ? (
        <ScheduleField cron={cron} timeZone={timeZone} onChange={setCron} error={fieldError("/cron")} />
      ) : null}
      <ZipField
        label="Input zip"
        name="input"
        hint="Every start runs on it"
        error={fieldError("/uploadId")}
        onChange={setZip}
      />
      <FormError>{formError("/cron", "/uploadId")}</FormError>
      <div className="flex gap-2">
        <SubmitButton variant="primary" pending={pending}>
          Add
        </SubmitButton>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

function requireCron(cron: string): string {
  if (cron !== "") return cron;
  throw refusal("/cron", "Choose when it starts.");
}

function requireZip(zip: File | null): File {
  if (zip) return zip;
  throw refusal("/uploadId", "Choose the zip that every start runs on.");
}

function refusal(pointer: string, detail: string): ProblemError {
  return new ProblemError(400, { code: "invalid_input", detail, errors: [{ pointer, detail }] });
}
