"use client";

import { Plus } from "lucide-react";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { openAnew } from "#components/auth/sign-in-client";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { Dialog, DialogClose } from "#components/ui/dialog";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { workspaceView } from "#lib/workspaces/schema";

const FORM_ID = "new-workspace";

/** Makes a workspace and opens it: the portal loads anew, so that nothing of the other one stays on the screen. */
export function NewWorkspace({ timeZone }: { timeZone: string }) {
  const { pending, run, fieldError, formError } = useSubmit();
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { name: textOf(new FormData(event.currentTarget), "name"), timeZone };
    const isDone = await run(() => apiFetch("/api/v1/workspaces", { method: "POST", body, response: workspaceView }));
    if (!isDone) return;
    setIsLeaving(true);
    openAnew("/settings");
  };
  return (
    <Dialog
      title="New workspace"
      description="With its own members, keys and data; nothing is shared with this one. You are its owner."
      trigger={<Button icon={Plus}>New workspace</Button>}
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <SubmitButton form={FORM_ID} variant="primary" pending={pending || isLeaving}>
            Create workspace
          </SubmitButton>
        </>
      }
    >
      <form id={FORM_ID} noValidate className="flex flex-col gap-3 pt-2" onSubmit={(event) => void submit(event)}>
        <TextField label="Name" name="name" autoComplete="off" autoFocus error={fieldError("/name")} />
        <FormError>{formError("/name")}</FormError>
      </form>
    </Dialog>
  );
}
