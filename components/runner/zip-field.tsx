import { Field } from "#components/ui/field";

interface ZipFieldProps {
  label: string;
  name: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  onChange: (file: File | null) => void;
}

/** Takes one zip. */
export function ZipField({ label, name, hint, error, optional = false, onChange }: ZipFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <input
          {...wiring}
          type="file"
          name={name}
          accept=".zip,application/zip"
          className="text-sm file:mr-3 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-3 file:py-1.5 file:text-sm file:font-medium"
          onChange={(event) => onChange(event.target.files?.[0] ?? null)}
        />
      )}
    </Field>
  );
}
