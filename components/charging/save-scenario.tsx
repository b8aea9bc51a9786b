"use client";

import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";
import { TextField } from "#components/ui/text-field";
import { scenario } from "#lib/charging/scenarios/schema";
import { apiFetch } from "#lib/http/client";

/** Keeps a run as a scenario: asks for a name and tags. */
export function SaveScenario({ runId, title }: { runId: string; title: string }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState("");
  const [draft, setDraft] = useState({ name: title, tags: "" });
  const save = async () => {
    setPending(true);
    setError("");
    try {
      const tags = draft.tags.split(",").flatMap((tag) => (tag.trim() === "" ? [] : [tag.trim()]));
      const body = { name: draft.name, runId, tags };
      await apiFetch("/api/v1/charging/scenarios", { method: "POST", body, response: scenario });
      router.push("/charging");
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setPending(false);
    }
  };
  return (
    <Dialog
      title="Save as scenario"
      description="Scenarios stand under Charging, where they can be compared."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={Bookmark}>
          Save as scenario
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Not now</Button>
          <Button variant="primary" pending={isPending} onClick={() => void save()}>
            Save
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
