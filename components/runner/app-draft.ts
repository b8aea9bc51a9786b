import { ProblemError } from "#lib/http/client";
import type { ManifestFrom } from "#lib/runner/core/manifest";
import { manifestOfDraft, NEW_MANIFEST, type ManifestDraft } from "./manifest-draft.ts";

export interface AppDraft {
  name: string;
  kind: "bundle" | "git";
  url: string;
  ref: string;
  token: string;
  manifestFrom: ManifestFrom;
  manifest: ManifestDraft;
  takesDropped: boolean;
}

export const NEW_APP: AppDraft = {
  ...{ name: "", kind: "bundle", url: "", ref: "main", token: "", takesDropped: false },
  ...{ manifestFrom: "code", manifest: NEW_MANIFEST },
};

/** The name as it can stand in a key. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63);
}

/** What is sent for a new app. @throws ProblemError for what can be seen here already. */
export function newAppBody(draft: AppDraft, uploadId: string | null): object {
  const { name, kind, url, ref, token, takesDropped } = draft;
  if (kind === "bundle" && uploadId === null) {
    throw refusal("/source/uploadId", "Choose the zip with the code.");
  }
  const source = kind === "git" ? { kind, url: url.trim(), ref: ref.trim() } : { kind, uploadId };
  return {
    ...{ name, slug: slugOf(name), source, takesDropped, manifest: manifestOf(draft) },
    ...(kind === "git" && token !== "" ? { gitToken: token } : {}),
  };
}

function manifestOf({ manifestFrom, manifest }: AppDraft) {
  return manifestFrom === "form" ? manifestOfDraft(manifest) : null;
}

function refusal(pointer: string, detail: string): ProblemError {
  return new ProblemError(400, { code: "invalid_input", detail, errors: [{ pointer, detail }] });
}
