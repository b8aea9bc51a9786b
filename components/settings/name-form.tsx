"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { SubmitButton } from "#components/ui/submit-button";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";

export function NameForm({ name, email }: { name: string; email: string }) {
  const router = useRouter();
  const { pending, run, fieldError, formError } = useSubmit();
  const [isSaved, setIsSaved] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { name: textOf(new FormData(event.currentTarget), "name") };
    setIsSaved(false);
    const isDone = await run(() => apiFetch("/api/v1/account", { method: "PATCH", body }));
    setIsSaved(isDone);
    if (isDone) router.refresh();
  };
  return (
    <form
      aria-label="Name"
      noValidate
      className="flex max-w-[420px] flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <TextField label="Name" name="name" autoComplete="name" defaultValue={name} error={fieldError("/name")} />
      <TextField label="E-mail" value={email} readOnly hint="You sign in with it" />
      <FormError>{formError("/name")}</FormError>
      <div className="flex items-center gap-3">
        <SubmitButton variant="primary" pending={pending}>
          Save name
        </SubmitButton>
        <span role="status" className="text-xs text-muted">
          {isSaved ? "Saved" : ""}
        </span>
      </div>
    </form>
  );
}
