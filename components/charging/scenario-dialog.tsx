"use client";

import { useState, type ReactElement } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";
import { TextField } from "#components/ui/text-field";

export interface ScenarioWords {
  name: string;
  tags: string[];
}

interface ScenarioDialogProps {
  title: string;
  description: string;
  submitLabel: string;
  initial: ScenarioWords;
  /** The element that opens it; leave out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** What it throws is shown. */
  onSave: (words: ScenarioWords) => Promise<void>;
}

/** Asks for the name and tags of a scenario. */
export function ScenarioDialog({ initial, submitLabel, onSave, ...dialog }: ScenarioDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState("");
  const [draft, setDraft] = useState({ name: initial.name, tags: initial.tags.join(", ") });
  const isOpen = dialog.open ?? ownOpen;
  const setOpen = dialog.onOpenChange ?? setOwnOpen;
  const save = async () => {
    setPending(true);
    setError("");
    try {
      const tags = draft.tags.split(",").flatMap((tag) => (tag.trim() === "" ? [] : [tag.trim()]));
      await onSave({ name: draft.name, tags });
      setOpen(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
    setPending(false);
  };
  return (
    <Dialog
      {...dialog}
      open={isOpen}
      onOpenChange={setOpen}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Not now</Button>
          <Button variant="primary" pending={isPending} onClick={() => void save()}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={120}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <TextField
          label="Tags"
          name="tags"
          optional
          hint="Separated by commas."
          value={draft.tags}
          onChange={(event) => setDraft({ ...draft, tags: event.target.value })}
        />
        {error === "" ? null : <FieldError>{error}</FieldError>}
      </div>
    </Dialog>
  );
}
