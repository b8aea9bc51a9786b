import { ProblemError } from "#lib/http/client";

export interface AppDraft {
  name: string;
  kind: "bundle" | "git";
  url: string;
  ref: string;
  token: string;
  manifest: string;
  takesDropped: boolean;
}

export const NEW_APP: AppDraft = {
  ...{ name: "", kind: "bundle", url: "", ref: "main", token: "", manifest: "", takesDropped: false },
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
    ...{ name, slug: slugOf(name), source, takesDropped, manifest: readManifestText(draft.manifest) },
    ...(kind === "git" && token !== "" ? { gitToken: token } : {}),
  };
}

/** The manifest as typed; null for none. */
export function readManifestText(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw refusal("/manifest", `is no valid JSON (${error instanceof Error ? error.message : "unreadable"}).`);
  }
}

function refusal(pointer: string, detail: string): ProblemError {
  return new ProblemError(400, { code: "invalid_input", detail, errors: [{ pointer, detail }] });
}
