import { Checkbox } from "#components/ui/choice";
import { NumberField, TextArea, TextField } from "#components/ui/text-field";
import { manifestErrorOf, type ManifestDraft } from "./manifest-draft.ts";

interface ManifestFieldsProps {
  draft: ManifestDraft;
  onChange: (change: Partial<ManifestDraft>) => void;
  /** Answers of the server, below `/manifest`. */
  errors: readonly { pointer: string; detail: string }[] | undefined;
}

type TextMember = Exclude<keyof ManifestDraft, "network">;

/** How an app is run: what fieldport.json would say, member by member. */
export function ManifestFields({ draft, onChange, errors }: ManifestFieldsProps) {
  const wire = (name: TextMember) => ({
    name,
    value: draft[name],
    autoComplete: "off",
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
    error: manifestErrorOf(errors, name),
  });
  return (
    <fieldset className="grid grid-cols-2 items-start gap-x-3 gap-y-4 max-md:grid-cols-1">
      <legend className="sr-only">How it is run</legend>
      <TextField label="Entry point" mono hint="The Python file to run" {...wire("entryPoint")} />
      <TextField
        label="Requirements"
        mono
        optional
        hint="File for pip, such as requirements.txt"
        {...wire("requirements")}
      />
      <TextField label="Input" mono hint="Where it finds its zip" {...wire("input")} />
      <TextField label="Output" mono hint="Where it writes its zip" {...wire("output")} />
      <TextField label="Log" mono optional hint="A file of its own to keep" {...wire("log")} />
      <TextField label="Python" mono optional hint="Such as 3.11; else the newest there" {...wire("python")} />
      <TextField label="Time limit" hint="60s, 15m or 8h; at most 24h" {...wire("timeout")} />
      <NumberField label="Memory" unit="MB" hint="64 to 64,000" {...wire("memoryMb")} />
      <NumberField label="Disk" unit="MB" hint="16 to 200,000" {...wire("diskMb")} />
      <NumberField label="Processes" hint="At once, 1 to 2,000" {...wire("processesMax")} />
      <Checkbox
        className="col-span-full"
        label="May use the network"
        hint="HTTP and HTTPS to public addresses; off otherwise"
        checked={draft.network}
        onChange={(event) => onChange({ network: event.target.checked })}
      />
      <TextArea label="Environment" mono optional rows={2} hint="One NAME=value a line" {...wire("environment")} />
      <TextField label="Secrets" mono optional hint="Names; values are entered once it is saved" {...wire("secrets")} />
      <TextArea
        className="col-span-full"
        label="Parameters"
        mono
        optional
        rows={draft.parameters === "" ? 2 : 8}
        hint='JSON, the form before a run: [{"name": "windowMin", "type": "integer", "default": 10}]'
        {...wire("parameters")}
      />
    </fieldset>
  );
}
