"use client";

import { useState, type SubmitEvent } from "react";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { Note } from "#components/ui/note";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { FormError } from "./form-error.tsx";
import { textOf, useSubmit } from "./use-submit.tsx";

export function ForgotForm() {
  const { pending, run, fieldError, formError } = useSubmit();
  const [askedFor, setAskedFor] = useState<string>();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), "email").trim();
    const isDone = await run(() => apiFetch("/api/v1/sign-in/reset-request", { method: "POST", body: { email } }));
    if (isDone) setAskedFor(email);
  };
  if (askedFor !== undefined) {
    return (
      <div className="flex flex-col gap-4">
        <Note state="info" title="Look into your mail" live>
          If {askedFor} has an account here, a letter with a link is on its way. The link works once and for one hour.
        </Note>
        <Button href="/sign-in" size="lg" block>
          Back to sign in
        </Button>
      </div>
    );
  }
  return (
    <form
      aria-label="Forgotten password"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        controlSize="lg"
        autoFocus
        error={fieldError("/email")}
      />
      <FormError>{formError("/email")}</FormError>
      <SubmitButton variant="primary" size="lg" block pending={pending}>
        Send a link
      </SubmitButton>
      <Button href="/sign-in" variant="ghost" size="lg" block>
        Back to sign in
      </Button>
    </form>
  );
}
