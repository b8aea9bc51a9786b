"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { ReadyFieldset } from "#components/ui/ready-fieldset";
import { SelectField } from "#components/ui/select-field";
import { SubmitButton } from "#components/ui/submit-button";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { appDetail } from "#lib/runner/schema";
import { newAppBody, NEW_APP, slugOf, type AppDraft } from "./app-draft.ts";
import { GitFields } from "./git-fields.tsx";
import { ManifestSource } from "./manifest-source.tsx";
import { useSendFile } from "./use-send-file.ts";
import { ZipField } from "./zip-field.tsx";

const KINDS = [
  { value: "bundle", label: "A zip with the code" },
  { value: "git", label: "A Git repository" },
];

/** Registers an app: where its code is, and what the code does not say itself. */
export function AppForm() {
  const router = useRouter();
  const send = useSendFile();
  const [draft, setDraft] = useState<AppDraft>(NEW_APP);
  const [bundle, setBundle] = useState<File | null>(null);
  const { pending, run, fieldError, formError, problem } = useSubmit();
  const change = (part: Partial<AppDraft>) => setDraft((known) => ({ ...known, ...part }));
  const isMarked = problem?.errors.some(({ pointer }) => pointer.startsWith("/manifest/")) ?? false;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run(async () => {
      const uploadId = draft.kind === "bundle" && bundle ? await send(bundle) : null;
      const body = newAppBody(draft, uploadId);
      const made = await apiFetch("/api/v1/runner/apps", { method: "POST", body, response: appDetail });
      router.push(`/runner/${made.id}`);
      router.refresh();
    });
  };
  return (
    <form aria-label="App" noValidate onSubmit={(event) => void submit(event)}>
      <ReadyFieldset className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          hint={`Its folder in the bucket: app_runner/${slugOf(draft.name) || "…"}/input/`}
          error={fieldError("/name") ?? fieldError("/slug")}
        />
        <SelectField
          label="Code"
          options={KINDS}
          value={draft.kind}
          onChange={(event) => change({ kind: event.target.value === "git" ? "git" : "bundle" })}
        />
        {draft.kind === "git" ? (
          <GitFields draft={draft} onChange={change} errorOf={fieldError} />
        ) : (
          <ZipField label="Zip" name="bundle" error={fieldError("/source/uploadId")} onChange={setBundle} />
        )}
        <ManifestSource
          sourceKind={draft.kind}
          from={draft.manifestFrom}
          onFrom={(manifestFrom) => change({ manifestFrom })}
          draft={draft.manifest}
          onChange={(part) => change({ manifest: { ...draft.manifest, ...part } })}
          errors={problem?.errors}
        />
        <Checkbox
          label="Takes what is dropped under app_runner/input/"
          hint="Other programs put a zip there; one app of a workspace takes it."
          checked={draft.takesDropped}
          onChange={(event) => change({ takesDropped: event.target.checked })}
        />
        <FormError>
          {isMarked
            ? "Correct the marked fields."
            : formError("/name", "/slug", "/source/url", "/source/ref", "/source/uploadId", "/gitToken")}
        </FormError>
        <div className="flex gap-2">
          <SubmitButton variant="primary" pending={pending}>
            Add app
          </SubmitButton>
          <Button href="/runner">Cancel</Button>
        </div>
      </ReadyFieldset>
    </form>
  );
}
