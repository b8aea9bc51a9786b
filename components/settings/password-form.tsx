"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { ChoosePasswordField } from "#components/auth/choose-password-field";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { SubmitButton } from "#components/ui/submit-button";
import { PasswordField } from "#components/ui/password-field";
import { apiFetch } from "#lib/http/client";

/** `email` is for password managers, which save the new password under it. */
export function PasswordForm({ email }: { email: string }) {
  const router = useRouter();
  const { pending, run, fieldError, formError } = useSubmit();
  const [isChanged, setIsChanged] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const body = { currentPassword: textOf(form, "currentPassword"), newPassword: textOf(form, "newPassword") };
    setIsChanged(false);
    const isDone = await run(() => apiFetch("/api/v1/account/password", { method: "POST", body }));
    setIsChanged(isDone);
    if (!isDone) return;
    element.reset();
    router.refresh();
  };
  return (
    <form
      aria-label="Password"
      noValidate
      className="flex max-w-[420px] flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <input type="email" name="email" autoComplete="username" defaultValue={email} hidden />
      <PasswordField label="Current password" name="currentPassword" error={fieldError("/currentPassword")} />
      <ChoosePasswordField
        label="New password"
        name="newPassword"
        controlSize="md"
        error={fieldError("/newPassword")}
      />
      <FormError>{formError("/currentPassword", "/newPassword")}</FormError>
      <div className="flex items-center gap-3">
        <SubmitButton pending={pending}>Change password</SubmitButton>
        <span role="status" className="text-xs text-muted">
          {isChanged ? "Changed; you are signed out everywhere else" : "Signs you out everywhere else"}
        </span>
      </div>
    </form>
  );
}
