import { TextField } from "#components/ui/text-field";

export interface GitDraft {
  url: string;
  ref: string;
  token: string;
}

interface GitFieldsProps {
  draft: GitDraft;
  onChange: (change: Partial<GitDraft>) => void;
  errorOf: (pointer: string) => string | undefined;
  hasToken?: boolean;
}

/** Where a repository is, what of it counts, and what opens it. */
export function GitFields({ draft, onChange, errorOf, hasToken = false }: GitFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <TextField
        label="Address"
        name="url"
        mono
        placeholder="https://…"
        className="col-span-2 max-md:col-span-1"
        value={draft.url}
        onChange={(event) => onChange({ url: event.target.value })}
        error={errorOf("/source/url")}
      />
      <TextField
        label="Branch, tag or commit"
        name="ref"
        mono
        value={draft.ref}
        onChange={(event) => onChange({ ref: event.target.value })}
        hint="Pinned to the commit it stands for now"
        error={errorOf("/source/ref")}
      />
      <TextField
        label="Deploy token"
        name="token"
        type="password"
        autoComplete="off"
        optional
        value={draft.token}
        onChange={(event) => onChange({ token: event.target.value })}
        hint={hasToken ? "One is stored; empty keeps it" : "Stored encrypted, never shown again"}
        error={errorOf("/gitToken")}
      />
    </div>
  );
}
