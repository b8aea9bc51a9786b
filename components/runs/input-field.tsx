import { Checkbox, ChoiceGroup } from "#components/ui/choice";
import { Combobox } from "#components/ui/combobox";
import { SelectField, type Option } from "#components/ui/select-field";
import { TextArea, TextField } from "#components/ui/text-field";
import { formatDate } from "#lib/format/dates";
import type { FormField } from "#lib/forms/fields-of";
import { isInstant, splitIds } from "./input-values.ts";

export type InputChoices = Readonly<Record<string, readonly Option[]>>;

/** Up to here a list is quicker than typing. */
const SELECT_MAX = 30;

interface InputFieldProps {
  field: FormField;
  /** What it may name; missing when it names nothing. */
  choices: readonly Option[] | undefined;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One input of a run: something of the workspace to choose, an instant, or text. */
export function InputField({ field, choices, value, error, onChange }: InputFieldProps) {
  const shared = { label: field.label, name: field.name, value, error, optional: !field.required };
  if (choices !== undefined) return <Named {...{ field, choices, value, error, onChange }} />;
  if (isInstant(field)) {
    return (
      <TextField
        {...shared}
        type="datetime-local"
        unit="UTC"
        className="max-w-80"
        hint={field.hint ?? "Empty: without limit."}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  if (field.kind === "list-of-text") {
    return (
      <TextArea
        {...shared}
        mono
        rows={2}
        hint={field.hint ?? "Ids, separated by commas or lines. Empty: all of the workspace."}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return <TextField {...shared} hint={field.hint} onChange={(event) => onChange(event.target.value)} />;
}

interface NamedProps extends InputFieldProps {
  choices: readonly Option[];
}

function Named({ field, choices, value, error, onChange }: NamedProps) {
  const chosen = splitIds(value);
  const known = new Set(choices.map((choice) => choice.value));
  const options = [...choices, ...chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id }))];
  const hint = options.length > 0 ? field.hint : `There is none in this workspace yet. ${field.hint ?? ""}`.trim();
  if (field.kind === "list-of-text") {
    const toggle = (id: string, isTicked: boolean) =>
      onChange((isTicked ? [...chosen, id] : chosen.filter((other) => other !== id)).join(", "));
    return (
      <ChoiceGroup legend={field.label} hint={hint} error={error}>
        <div className="flex max-h-64 flex-col gap-2 overflow-y-auto">
          {options.map((option) => (
            <Checkbox
              key={option.value}
              name={field.name}
              label={option.label}
              checked={chosen.includes(option.value)}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
          ))}
        </div>
      </ChoiceGroup>
    );
  }
  const all = field.required ? options : [{ value: "", label: "none" }, ...options];
  const shared = { label: field.label, name: field.name, optional: !field.required, hint, error, value, options: all };
  if (all.length > SELECT_MAX) return <Combobox {...shared} onChange={onChange} />;
  const placeholder = field.required ? { placeholder: "Choose" } : {};
  return <SelectField {...shared} {...placeholder} onChange={(event) => onChange(event.currentTarget.value)} />;
}

interface Labelling {
  timeZone: string;
  now: Date;
}

/** Choices with the day they are of: names repeat. */
export function labelledChoices(
  choices: Readonly<Record<string, readonly { value: string; label: string; at: string }[]>>,
  { timeZone, now }: Labelling,
): InputChoices {
  const label = (name: string, at: string) => `${name} (${formatDate(at, { timeZone, now })})`;
  return Object.fromEntries(
    Object.entries(choices).map(([field, list]) => [
      field,
      list.map((one) => ({ value: one.value, label: label(one.label, one.at) })),
    ]),
  );
}
