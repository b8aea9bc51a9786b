"use client";

import { useState, type SubmitEvent } from "react";
import { z } from "zod";
import { SubmitButton } from "#components/ui/submit-button";
import { apiFetch } from "#lib/http/client";
import { ChoosePasswordField } from "./choose-password-field.tsx";
import { FormError } from "./form-error.tsx";
import { openAnew, signInWithPassword } from "./sign-in-client.tsx";
import { textOf, useSubmit } from "./use-submit.tsx";

const response = z.object({ email: z.string() });

export function ResetForm({ token }: { token: string }) {
  const { pending, run, fieldError, formError } = useSubmit();
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = textOf(new FormData(event.currentTarget), "password");
    const isDone = await run(async () => {
      const { email } = await apiFetch("/api/v1/sign-in/reset", {
        method: "POST",
        body: { token, password },
        response,
      });
      await signInWithPassword(email, password);
    });
    if (!isDone) return;
    setIsLeaving(true);
    openAnew("/");
  };
  return (
    <form aria-label="New password" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <ChoosePasswordField label="New password" name="password" error={fieldError("/password")} />
      <FormError>{formError("/password")}</FormError>
      <SubmitButton variant="primary" size="lg" block pending={pending || isLeaving}>
        Set password and sign in
      </SubmitButton>
      <p className="text-xs text-muted">You are signed out everywhere else.</p>
    </form>
  );
}
