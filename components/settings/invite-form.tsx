"use client";

import { useEffect, useRef, type KeyboardEvent, type SubmitEvent } from "react";
import type { z } from "zod";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { SelectField } from "#components/ui/select-field";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { createdInvitation } from "#lib/workspaces/schema";
import { ROLE_OPTIONS } from "./roles.tsx";

export type MadeInvitation = z.output<typeof createdInvitation>;

export function createInvitation(body: { email: string; role: string }): Promise<MadeInvitation> {
  return apiFetch("/api/v1/invitations", { method: "POST", body, response: createdInvitation });
}

interface InviteFormProps {
  onMade: (made: MadeInvitation) => void;
  onCancel: () => void;
}

export function InviteForm({ onMade, onCancel }: InviteFormProps) {
  const { pending, run, fieldError, formError } = useSubmit();
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector("input")?.focus();
  }, []);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { email: textOf(form, "email").trim(), role: textOf(form, "role") };
    await run(async () => onMade(await createInvitation(body)));
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
  };
  return (
    <form
      ref={box}
      aria-label="Invite somebody"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={cancelOnEscape}
      className="mb-6 rounded-lg border border-line-strong"
    >
      <div className="grid grid-cols-[1.6fr_1fr] gap-4 px-[18px] py-4 max-md:grid-cols-1">
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          error={fieldError("/email")}
          hint="The link is for this address only"
        />
        <SelectField
          label="Role"
          name="role"
          options={ROLE_OPTIONS}
          defaultValue="viewer"
          error={fieldError("/role")}
        />
      </div>
      <div className="px-[18px]">
        <FormError>{formError("/email", "/role")}</FormError>
      </div>
      <div className="mt-1 flex justify-end gap-2 rounded-b-lg border-t border-line bg-bg px-[18px] py-3">
        <Button shortcut="Esc" onClick={onCancel}>
          Cancel
        </Button>
        <SubmitButton variant="primary" pending={pending}>
          Create invitation
        </SubmitButton>
      </div>
    </form>
  );
}
