"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { ReadyFieldset } from "#components/ui/ready-fieldset";
import { SubmitButton } from "#components/ui/submit-button";
import { TextField } from "#components/ui/text-field";
import { apiFetch } from "#lib/http/client";
import { appDetail, type AppDetail } from "#lib/runner/schema";
import type { ManifestFrom } from "#lib/runner/core/manifest";
import { draftOfManifest, manifestOfDraft, type ManifestDraft } from "./manifest-draft.ts";
import { ManifestSource } from "./manifest-source.tsx";
import { useSendFile } from "./use-send-file.ts";
import { ZipField } from "./zip-field.tsx";

/** Changes an app: code, manifest, secrets. New code or a new manifest is a new revision. */
export function AppSettings({ app }: { app: AppDetail }) {
  const router = useRouter();
  const send = useSendFile();
  const written = draftOfManifest(app.manifest);
  const [draft, setDraft] = useState({
    name: app.name,
    manifest: written,
    manifestFrom: app.manifestFrom,
    takesDropped: app.takesDropped,
    key: app.concurrencyKey ?? "",
  });
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [code, setCode] = useState<File | null>(null);
  const { pending, run, fieldError, formError, problem } = useSubmit();
  const isMarked = problem?.errors.some(({ pointer }) => pointer.startsWith("/manifest/")) ?? false;
  const patch = async (body: object) => {
    await apiFetch(`/api/v1/runner/apps/${app.id}`, { method: "PATCH", body, response: appDetail });
    router.push(`/runner/${app.id}`);
    router.refresh();
  };
  const save = (body: object) => run(() => patch(body));
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run(async () => {
      const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
      await patch({
        ...{ name: draft.name, takesDropped: draft.takesDropped, secrets: given },
        concurrencyKey: draft.key.trim() === "" ? null : draft.key.trim(),
        ...manifestChange(app, draft),
        ...(code ? { source: { kind: "bundle", uploadId: await send(code) } } : {}),
      });
    });
  };
  return (
    <form aria-label="App" noValidate onSubmit={(event) => void submit(event)}>
      <ReadyFieldset className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          error={fieldError("/name")}
        />
        {app.manifest.secrets.map((name) => (
          <TextField
            key={name}
            label={name}
            name={name}
            type="password"
            autoComplete="off"
            mono
            optional={app.secretNames.includes(name)}
            hint={
              app.secretNames.includes(name) ? "One is stored; empty keeps it" : "Not stored yet: runs fail without it"
            }
            value={secrets[name] ?? ""}
            onChange={(event) => setSecrets({ ...secrets, [name]: event.target.value })}
            error={fieldError(`/secrets/${name}`)}
          />
        ))}
        {app.sourceKind === "bundle" ? (
          <ZipField
            label="New code"
            name="code"
            optional
            hint="A zip; the present one stays otherwise"
            error={fieldError("/source/uploadId")}
            onChange={setCode}
          />
        ) : null}
        <ManifestSource
          sourceKind={app.sourceKind}
          from={draft.manifestFrom}
          onFrom={(manifestFrom) => setDraft({ ...draft, manifestFrom })}
          draft={draft.manifest}
          onChange={(part) => setDraft({ ...draft, manifest: { ...draft.manifest, ...part } })}
          errors={problem?.errors}
        />
        <TextField
          label="Concurrency key"
          name="concurrencyKey"
          mono
          optional
          autoComplete="off"
          value={draft.key}
          onChange={(event) => setDraft({ ...draft, key: event.target.value })}
          hint="Runs of all apps with the same key go one after the other"
          error={fieldError("/concurrencyKey")}
        />
        <Checkbox
          label="Takes what is dropped under app_runner/input/"
          checked={draft.takesDropped}
          onChange={(event) => setDraft({ ...draft, takesDropped: event.target.checked })}
        />
        <FormError>
          {isMarked ? "Correct the marked fields." : formError("/name", "/concurrencyKey", "/source/uploadId")}
        </FormError>
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="primary" pending={pending}>
            Save changes
          </SubmitButton>
          {app.sourceKind === "git" ? (
            <Button onClick={() => void save({ source: { kind: "git", url: app.gitUrl, ref: app.gitRef } })}>
              Take the newest commit of {app.gitRef}
            </Button>
          ) : null}
          <Button onClick={() => void save({ isArchived: !app.isArchived })}>
            {app.isArchived ? "Bring back" : "Archive"}
          </Button>
          <Button href={`/runner/${app.id}`}>Cancel</Button>
        </div>
      </ReadyFieldset>
    </form>
  );
}

/** Sent only when it says something new: each manifest is a revision. */
function manifestChange(app: AppDetail, draft: { manifestFrom: ManifestFrom; manifest: ManifestDraft }): object {
  if (app.sourceKind === "bundle" && draft.manifestFrom === "code") {
    return app.manifestFrom === "code" ? {} : { manifest: null };
  }
  const manifest = manifestOfDraft(draft.manifest);
  const isSame = app.manifestFrom === "form" && JSON.stringify(manifest) === JSON.stringify(app.manifest);
  return isSame ? {} : { manifest };
}
