"use client";

import Link from "next/link";
import { useState, type SubmitEvent } from "react";
import { AuthDivider } from "#components/auth/auth-divider";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { PasswordField } from "#components/ui/password-field";
import { TextField } from "#components/ui/text-field";
import { FormError } from "./form-error.tsx";
import { openAnew, signInWithPassword, startOidcSignIn } from "./sign-in-client.tsx";
import { textOf, useSubmit } from "./use-submit.tsx";

interface SignInFormProps {
  /** A path of this portal. */
  next: string;
  oidcName: string | null;
  /** Why an earlier attempt came back here. */
  notice: string | null;
}

export function SignInForm({ next, oidcName, notice }: SignInFormProps) {
  const { pending, run, formError } = useSubmit();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = textOf(form, "email").trim();
    const password = textOf(form, "password");
    const empty = [...(email ? [] : ["email"]), ...(password ? [] : ["password"])];
    setMissing(empty);
    if (empty.length > 0) return;
    const isIn = await run(() => signInWithPassword(email, password));
    if (!isIn) return;
    setIsLeaving(true);
    openAnew(next);
  };
  return (
    <form aria-label="Sign in" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        controlSize="lg"
        autoFocus
        error={missing.includes("email") ? "Your e-mail address is needed." : undefined}
      />
      <PasswordField
        label="Password"
        name="password"
        controlSize="lg"
        labelEnd={
          <Link href="/forgot" className="link-bare">
            Forgot it
          </Link>
        }
        error={missing.includes("password") ? "Your password is needed." : undefined}
      />
      <FormError>{formError() ?? (pending ? undefined : (notice ?? undefined))}</FormError>
      <SubmitButton variant="primary" size="lg" block pending={pending || isLeaving}>
        Sign in
      </SubmitButton>
      {oidcName === null ? null : (
        <>
          <AuthDivider />
          <Button size="lg" block onClick={() => void run(() => startOidcSignIn(next))}>
            {oidcName}
          </Button>
        </>
      )}
      <p className="text-xs text-muted">No account? Ask the owner of your workspace for an invitation.</p>
    </form>
  );
}
