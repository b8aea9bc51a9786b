"use client";

import { Checkbox, ChoiceGroup } from "#components/ui/choice";
import { FieldError } from "#components/ui/field";
import { SelectField } from "#components/ui/select-field";
import { NumberField, TextArea, TextField } from "#components/ui/text-field";
import type { FormField } from "#lib/forms/fields-of";
import { draftOf, type Draft } from "#lib/forms/read-field";
import { FieldHint } from "./field-hint.tsx";

interface SchemaFieldProps {
  field: FormField;
  draft: Draft;
  error?: string;
  onChange: (draft: Draft) => void;
  onBlur: () => void;
}

/** The input that belongs to the kind of a field. */
export function SchemaField(props: SchemaFieldProps) {
  const { field, draft, error, onChange, onBlur } = props;
  const frame = {
    name: field.name,
    label: field.label,
    error,
    optional: !field.required && (field.default === undefined || field.default === null),
    hint: <FieldHint field={field} draft={draft} onReset={() => onChange(draftOf(field, field.default))} />,
    onBlur,
  };
  const text = typeof draft === "string" ? draft : "";
  switch (field.kind) {
    case "number":
    case "integer":
      return (
        <NumberField
          {...frame}
          unit={field.unit}
          value={text}
          placeholder={typeof field.default === "number" ? String(field.default) : undefined}
          inputMode={field.kind === "integer" && (field.min ?? -1) >= 0 ? "numeric" : "decimal"}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "text":
      return (
        <TextField
          {...frame}
          unit={field.unit}
          type={field.format === "date" ? "date" : "text"}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "select":
      return <ChoiceOfOne {...props} frame={frame} />;
    case "list-of-text":
      if (field.options) return <ChoiceOfSeveral {...props} />;
      return (
        <TextArea
          {...frame}
          className="@lg:col-span-2"
          mono
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "boolean":
      return (
        <div className="self-center">
          <Checkbox
            name={field.name}
            label={field.label}
            hint={field.hint}
            checked={draft === true}
            aria-invalid={error ? true : undefined}
            onChange={(event) => onChange(event.currentTarget.checked)}
            onBlur={onBlur}
          />
          {error ? <FieldError>{error}</FieldError> : null}
        </div>
      );
    case "unsupported":
      return null;
  }
}

interface FrameProps {
  frame: Pick<Parameters<typeof SelectField>[0], "name" | "label" | "error" | "optional" | "hint" | "onBlur">;
}

function ChoiceOfOne({ field, draft, onChange, frame }: SchemaFieldProps & FrameProps) {
  const options = (field.options ?? []).map((option) => ({ ...option, value: String(option.value) }));
  const isEmptyAllowed = field.nullable || (!field.required && field.default === undefined);
  return (
    <SelectField
      {...frame}
      options={isEmptyAllowed ? [{ value: "", label: "not set" }, ...options] : options}
      placeholder={isEmptyAllowed ? undefined : "Choose"}
      value={typeof draft === "string" ? draft : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function ChoiceOfSeveral({ field, draft, error, onChange, onBlur }: SchemaFieldProps) {
  const ticked = typeof draft === "object" ? draft : [];
  return (
    <ChoiceGroup legend={field.label} hint={field.hint} error={error} className="@lg:col-span-2">
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {(field.options ?? []).map(({ value, label }) => (
          <Checkbox
            key={String(value)}
            name={field.name}
            label={label}
            checked={ticked.includes(String(value))}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...ticked, String(value)] : ticked.filter((entry) => entry !== value),
              )
            }
            onBlur={onBlur}
          />
        ))}
      </div>
    </ChoiceGroup>
  );
}
