import { useId } from "react";

interface InlineSelectProps {
  label: string;
  options: readonly { key: string; label: string }[];
  value: string;
  onChange: (key: string) => void;
}

/** A small choice in a row of controls, its label beside it; `SelectField` is for forms. */
export function InlineSelect({ label, options, value, onChange }: InlineSelectProps) {
  const id = useId();
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-(--control-sm) max-w-56 min-w-0 cursor-pointer rounded-md border border-control bg-raised px-2 text-xs text-ink focus-visible:outline-2 focus-visible:outline-focus max-md:h-9"
      >
        {options.map((option) => (
          <option key={option.key} value={option.key}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
