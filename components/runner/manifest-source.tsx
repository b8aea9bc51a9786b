import { SelectField } from "#components/ui/select-field";
import type { ManifestFrom } from "#lib/runner/core/manifest";
import { ManifestFields } from "./manifest-fields.tsx";
import type { ManifestDraft } from "./manifest-draft.ts";

const CHOICES = [
  { value: "code", label: "fieldport.json in the zip says it" },
  { value: "form", label: "entered here" },
];

interface ManifestSourceProps {
  sourceKind: "bundle" | "git";
  from: ManifestFrom;
  onFrom: (from: ManifestFrom) => void;
  draft: ManifestDraft;
  onChange: (change: Partial<ManifestDraft>) => void;
  errors: readonly { pointer: string; detail: string }[] | undefined;
}

/** Whose word counts on how an app is run, and what is entered here. */
export function ManifestSource({ sourceKind, from, onFrom, draft, onChange, errors }: ManifestSourceProps) {
  const isEntered = sourceKind === "git" || from === "form";
  return (
    <>
      {sourceKind === "git" ? (
        <p className="text-sm text-muted">
          How it is run is entered here. A fieldport.json in the repository is not read.
        </p>
      ) : (
        <SelectField
          label="How it is run"
          options={CHOICES}
          value={from}
          onChange={(event) => onFrom(event.target.value === "form" ? "form" : "code")}
          hint={
            from === "form"
              ? "What is entered here counts, also for new code. A fieldport.json in the zip is not read."
              : "The file counts, also that of new code."
          }
        />
      )}
      {isEntered ? <ManifestFields draft={draft} onChange={onChange} errors={errors} /> : null}
    </>
  );
}
