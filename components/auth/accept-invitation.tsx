"use client";

import { useState, type SubmitEvent } from "react";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { PasswordField } from "#components/ui/password-field";
import { SegmentedControl } from "#components/ui/segmented";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { joined } from "#lib/workspaces/schema";
import { ChoosePasswordField } from "./choose-password-field.tsx";
import { FormError } from "./form-error.tsx";
import { openAnew, signInWithPassword } from "./sign-in-client.tsx";
import { textOf, useSubmit } from "./use-submit.tsx";

type Way = "new" | "existing";
const WAYS: readonly { value: Way; label: string }[] = [
  { value: "new", label: "I am new here" },
  { value: "existing", label: "I have an account" },
];

/** Joins, signs in and opens the workspace. */
async function acceptAndEnter(token: string, body: { as: Way; password: string; name?: string }): Promise<void> {
  const path = `/api/v1/sign-in/invitations/${token}`;
  const { email, workspaceId } = await apiFetch(path, { method: "POST", body, response: joined });
  await signInWithPassword(email, body.password);
  await apiFetch("/api/v1/session/workspace", { method: "POST", body: { workspaceId } });
}

export function AcceptInvitationForm({ token, email }: { token: string; email: string }) {
  const { pending, run, fieldError, formError } = useSubmit();
  const [way, setWay] = useState<Way>("new");
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, "password");
    const body = way === "new" ? { as: way, name: textOf(form, "name"), password } : { as: way, password };
    if (!(await run(() => acceptAndEnter(token, body)))) return;
    setIsLeaving(true);
    openAnew("/");
  };
  return (
    <form
      aria-label="Join the workspace"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <div>
        <SegmentedControl label="Account" segments={WAYS} value={way} onChange={setWay} />
      </div>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        controlSize="lg"
      />
      {way === "new" ? (
        <>
          <TextField label="Your name" name="name" autoComplete="name" controlSize="lg" error={fieldError("/name")} />
          <ChoosePasswordField label="Password" name="password" error={fieldError("/password")} />
        </>
      ) : (
        <PasswordField label="Password" name="password" controlSize="lg" error={fieldError("/password")} />
      )}
      <FormError>{formError("/name", "/password")}</FormError>
      <SubmitButton variant="primary" size="lg" block pending={pending || isLeaving}>
        {way === "new" ? "Create account and join" : "Sign in and join"}
      </SubmitButton>
    </form>
  );
}

/** For the invited person when she is signed in already. */
export function JoinButton({ token, workspaceName }: { token: string; workspaceName: string }) {
  const { pending, run, formError } = useSubmit();
  const join = async () => {
    const isDone = await run(() =>
      apiFetch("/api/v1/session/invitations", { method: "POST", body: { token }, response: joined }),
    );
    if (isDone) openAnew("/");
  };
  return (
    <div className="flex flex-col gap-4">
      <FormError>{formError()}</FormError>
      <Button variant="primary" size="lg" block pending={pending} onClick={() => void join()}>
        Join {workspaceName}
      </Button>
    </div>
  );
}
