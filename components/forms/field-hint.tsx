import type { FieldValue, FormField } from "#lib/forms/fields-of";
import { limitsText, readField, type Draft } from "#lib/forms/read-field";
import { formatNumber } from "#lib/format/numbers";

interface FieldHintProps {
  field: FormField;
  draft: Draft;
  onReset: () => void;
}

/** What the field is for, its limits, and the way back to the default once it was changed. */
export function FieldHint({ field, draft, onReset }: FieldHintProps) {
  const isNumber = field.kind === "number" || field.kind === "integer";
  const limits = isNumber ? limitsText(field) : "";
  const usual = field.default === undefined || field.default === null ? "" : wordsOf(field, field.default);
  const read = readField(field, draft);
  const isChanged = usual !== "" && read.value !== undefined && String(read.value) !== String(field.default);
  const isList = field.kind === "list-of-text";
  if (!field.hint && !limits && !isChanged && !isList) return null;
  return (
    <>
      {field.hint ? <span className="block">{field.hint}</span> : null}
      {isList ? <span className="block">One per line.</span> : null}
      {limits || isChanged ? (
        <span className="block">
          {isChanged ? (
            <>
              default {usual}{" "}
              <button type="button" onClick={onReset} className="link" aria-label={`Reset ${field.label} to ${usual}`}>
                reset
              </button>
            </>
          ) : (
            limits
          )}
        </span>
      ) : null}
    </>
  );
}

function wordsOf(field: FormField, value: FieldValue): string {
  if (typeof value === "number" && !field.options) return formatNumber(value, { decimalsMax: 6 });
  if (Array.isArray(value)) return value.join(", ");
  return field.options?.find((option) => option.value === value)?.label ?? String(value);
}
