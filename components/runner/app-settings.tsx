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
import { GitFields, type GitDraft } from "./git-fields.tsx";
import { draftOfManifest, manifestOfDraft, NEW_MANIFEST, type ManifestDraft } from "./manifest-draft.ts";
import { ManifestSource } from "./manifest-source.tsx";
import { useSendFile } from "./use-send-file.ts";
import { ZipField } from "./zip-field.tsx";

/** Changes an app: code, manifest, secrets. New code or a new manifest is a new revision. */
export function AppSettings({ app }: { app: AppDetail }) {
  const router = useRouter();
  const send = useSendFile();
  const written = app.manifest ? draftOfManifest(app.manifest) : NEW_MANIFEST;
  const [draft, setDraft] = useState({
    name: app.name,
    manifest: written,
    manifestFrom: askedFrom(app),
    takesDropped: app.takesDropped,
    key: app.concurrencyKey ?? "",
  });
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [git, setGit] = useState<GitDraft>(gitOf(app));
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
        ...gitChange(app, git),
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
        {(app.manifest?.secrets ?? []).map((name) => (
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
        ) : (
          <GitFields
            draft={git}
            onChange={(part) => setGit({ ...git, ...part })}
            errorOf={fieldError}
            hasToken={app.hasGitToken}
          />
        )}
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
        <FormError>{isMarked ? "Correct the marked fields." : formError(...FIELDS)}</FormError>
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="primary" pending={pending}>
            Save changes
          </SubmitButton>
          {app.sourceKind === "git" ? (
            <Button onClick={() => void save({ source: sourceOf(gitOf(app)) })}>
              Take the newest commit of {gitOf(app).ref}
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

const FIELDS = ["/name", "/concurrencyKey", "/source/uploadId", "/source/url", "/source/ref", "/gitToken"];

/** The commit that is being read, or was last tried to, is the one that was asked for. */
function gitOf({ reading, gitUrl, gitRef }: AppDetail): GitDraft {
  return { url: reading?.gitUrl ?? gitUrl ?? "", ref: reading?.gitRef ?? gitRef ?? "", token: "" };
}

const sourceOf = ({ url, ref }: GitDraft) => ({ kind: "git", url: url.trim(), ref: ref.trim() });

/** Another place is pinned anew; another token has what could not be read before read again. */
function gitChange(app: AppDetail, git: GitDraft): object {
  if (app.sourceKind !== "git") return {};
  const known = gitOf(app);
  const isNew = git.url.trim() !== known.url || git.ref.trim() !== known.ref;
  const isAgain = git.token !== "" && app.reading?.state === "failed";
  return {
    ...(git.token === "" ? {} : { gitToken: git.token }),
    ...(isNew || isAgain ? { source: sourceOf(git) } : {}),
  };
}

/** A file that is being read was asked for, whatever the present revision was made of. */
const askedFrom = (app: AppDetail): ManifestFrom => (app.reading ? "code" : app.manifestFrom);

/** Sent only when it says something new: each manifest is a revision. */
function manifestChange(app: AppDetail, draft: { manifestFrom: ManifestFrom; manifest: ManifestDraft }): object {
  if (draft.manifestFrom === "code") return askedFrom(app) === "code" ? {} : { manifest: null };
  const manifest = manifestOfDraft(draft.manifest);
  const isSame = askedFrom(app) === "form" && JSON.stringify(manifest) === JSON.stringify(app.manifest);
  return isSame ? {} : { manifest };
}
