import { SelectField } from "#components/ui/select-field";
import type { ManifestFrom } from "#lib/runner/core/manifest";
import { ManifestFields } from "./manifest-fields.tsx";
import type { ManifestDraft } from "./manifest-draft.ts";

const PLACE = { bundle: "the zip", git: "the repository" } as const;

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
  const place = PLACE[sourceKind];
  const choices = [
    { value: "code", label: `fieldport.json in ${place} says it` },
    { value: "form", label: "entered here" },
  ];
  return (
    <>
      <SelectField
        label="How it is run"
        options={choices}
        value={from}
        onChange={(event) => onFrom(event.target.value === "form" ? "form" : "code")}
        hint={
          from === "form"
            ? `What is entered here counts, also for new code. A fieldport.json in ${place} is not read.`
            : sourceKind === "git"
              ? "The file of the pinned commit counts, also when another commit is taken."
              : "The file counts, also that of new code."
        }
      />
      {from === "form" ? <ManifestFields draft={draft} onChange={onChange} errors={errors} /> : null}
    </>
  );
}
