"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { z } from "zod";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Dialog, DialogClose } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { SubmitButton } from "#components/ui/submit-button";
import { TextArea } from "#components/ui/text-field";
import { useToast } from "#components/ui/toast";
import { geofence, type Geofence } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import { apiFetch, type ProblemError } from "#lib/http/client";

const FAULTS_SHOWN = 20;
const imported = z.object({ items: z.array(geofence) });

/** Adds the areas of a GeoJSON file or text, and says which of them cannot be used. */
export function ImportGeofences({ onImported }: { onImported: (geofences: readonly Geofence[]) => void }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const { pending, run, problem } = useSubmit();
  const open = (next: boolean) => {
    setFile(null);
    setText("");
    setOpen(next);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run(async () => {
      const body = { text: file ? await file.text() : text, ...(file ? { name: nameOf(file) } : {}) };
      const request = { method: "POST", body, response: imported } as const;
      const { items } = await apiFetch("/api/v1/driving/geofences/import", request);
      router.refresh();
      onImported(items);
      toast({ message: `${countOf(items.length, "geofence")} added` });
      open(false);
    });
  };
  return (
    <Dialog
      title="Import geofences"
      description="GeoJSON in longitude and latitude: polygons, and points with a property radiusM, metres, as circles. Names come from the property name."
      size="md"
      open={isOpen}
      onOpenChange={open}
      trigger={<Button size="sm">Import</Button>}
    >
      <form aria-label="Import geofences" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="GeoJSON file">
          {(wiring) => (
            <input
              {...wiring}
              type="file"
              accept=".geojson,.json,application/geo+json,application/json"
              className="text-sm file:mr-3 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-3 file:py-1.5 file:text-sm file:font-medium"
              onChange={({ target }) => setFile(target.files?.[0] ?? null)}
            />
          )}
        </Field>
        {file ? null : (
          <TextArea label="Or its text" mono rows={5} value={text} onChange={({ target }) => setText(target.value)} />
        )}
        {problem ? <ImportFaults problem={problem} /> : null}
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <SubmitButton
            variant="primary"
            pending={pending}
            disabledReason={!file && text.trim() === "" ? "Choose a file or paste a text." : undefined}
          >
            Add geofences
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

/** Areas without a name are called after their file; a name that is too long is refused. */
const nameOf = ({ name }: File) => name.replace(/\.(geo)?json$/i, "").slice(0, 60) || "Geofence";

function ImportFaults({ problem: { detail, errors } }: { problem: ProblemError }) {
  const hidden = errors.length - FAULTS_SHOWN;
  return (
    <div role="alert" className="text-xs text-fault">
      <p className="font-medium">{detail}</p>
      {errors.length > 1 ? (
        <ul className="mt-1 list-disc pl-5 break-words">
          {errors.slice(0, FAULTS_SHOWN).map((fault) => (
            <li key={fault.pointer}>{fault.detail}</li>
          ))}
          {hidden > 0 ? <li>{countOf(hidden, "more area")}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
