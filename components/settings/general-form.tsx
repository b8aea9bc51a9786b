"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { SubmitButton } from "#components/ui/submit-button";
import { Combobox } from "#components/ui/combobox";
import { TextArea, TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { workspaceView, type WorkspaceView } from "#lib/workspaces/schema";
import { timeZoneOptions } from "./time-zones.ts";

export function GeneralForm({ workspace }: { workspace: WorkspaceView }) {
  const router = useRouter();
  const { pending, run, fieldError, formError } = useSubmit();
  const [timeZone, setTimeZone] = useState(workspace.timeZone);
  const [isSaved, setIsSaved] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { name: textOf(form, "name"), description: textOf(form, "description"), timeZone };
    setIsSaved(false);
    const isDone = await run(() =>
      apiFetch("/api/v1/workspaces/current", { method: "PATCH", body, response: workspaceView }),
    );
    setIsSaved(isDone);
    if (isDone) router.refresh();
  };
  return (
    <form
      aria-label="Workspace"
      noValidate
      className="flex max-w-[520px] flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <TextField
        label="Name"
        name="name"
        defaultValue={workspace.name}
        autoComplete="off"
        error={fieldError("/name")}
      />
      <TextArea
        label="Description"
        name="description"
        optional
        defaultValue={workspace.description}
        error={fieldError("/description")}
      />
      <Combobox
        label="Time zone"
        options={timeZoneOptions()}
        value={timeZone}
        onChange={setTimeZone}
        hint="Times on every page, and where a day begins"
        error={fieldError("/timeZone")}
      />
      <FormError>{formError("/name", "/description", "/timeZone")}</FormError>
      <div className="flex items-center gap-3">
        <SubmitButton variant="primary" pending={pending}>
          Save changes
        </SubmitButton>
        <span role="status" className="text-xs text-muted">
          {isSaved ? "Saved" : ""}
        </span>
      </div>
    </form>
  );
}
