"use client";

import { useRef, useState, type ReactNode } from "react";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { Note } from "#components/ui/note";
import { ReadyFieldset } from "#components/ui/ready-fieldset";
import type { FormField } from "#lib/forms/fields-of";
import { SchemaField } from "./schema-field.tsx";
import { useSchemaForm, type PointedError } from "./use-schema-form.ts";

const NO_ERRORS: readonly PointedError[] = [];
const NOTHING: Record<string, unknown> = {};

interface SchemaFormProps {
  /** `fieldsOf(jsonSchema)`; those of kind "unsupported" are left out. */
  fields: readonly FormField[];
  /** Values of an earlier run; those without an input here come back in `onSubmit` unchanged. */
  initial?: Record<string, unknown>;
  /** Values that passed the limits; what was left empty is missing, so that its default stands. */
  onSubmit: (values: Record<string, unknown>) => void | Promise<void>;
  submitLabel: string;
  /** Answers of the server. */
  errors?: readonly PointedError[];
  /** Where the object of this form lies in the request: "/params". */
  pointerPrefix?: string;
  /** Why it cannot be sent now; stands beside the button. */
  disabledReason?: ReactNode;
  /** Inputs of another kind, above the fields. */
  children?: ReactNode;
  /** Other buttons, before the one that sends. */
  actions?: ReactNode;
}

/** A form drawn from a schema: checked when an input is left, then while it is typed, then by the server. */
export function SchemaForm(props: SchemaFormProps) {
  const { initial = NOTHING, errors = NO_ERRORS, pointerPrefix = "", onSubmit } = props;
  const fields = props.fields.filter((field) => field.kind !== "unsupported");
  const form = useSchemaForm({ fields, initial, errors, pointerPrefix });
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const isSending = useRef(false);

  const submit = async (element: HTMLFormElement) => {
    if (isSending.current || props.disabledReason !== undefined) return;
    setFailure(undefined);
    const values = form.read(element);
    if (!values) return;
    isSending.current = true;
    setIsPending(true);
    try {
      await onSubmit({ ...withoutInput(initial, fields), ...values });
    } catch (error) {
      setFailure(error instanceof Error && error.message ? error.message : "It could not be sent. Try again.");
    } finally {
      isSending.current = false;
      setIsPending(false);
    }
  };

  return (
    <form
      noValidate
      className="@container"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <ReadyFieldset className="flex flex-col gap-4">
        {form.elsewhere.length > 0 ? (
          <Note state="fault" live>
            {form.elsewhere.map(({ pointer, detail }) => (
              <p key={`${pointer} ${detail}`}>{detail}</p>
            ))}
          </Note>
        ) : null}
        {props.children}
        {fields.length > 0 ? (
          <div className="grid grid-cols-1 items-start gap-4 @lg:grid-cols-2">
            {fields.map((field) => (
              <SchemaField
                key={field.name}
                field={field}
                draft={form.draftFor(field)}
                error={form.errorFor(field)}
                onChange={(draft) => form.change(field, draft)}
                onBlur={() => form.leave(field)}
              />
            ))}
          </div>
        ) : null}
        {failure === undefined ? null : <FieldError>{failure}</FieldError>}
        <div className="flex flex-wrap items-center gap-2">
          {props.actions}
          <Button type="submit" variant="primary" pending={isPending} disabledReason={props.disabledReason}>
            {props.submitLabel}
          </Button>
        </div>
      </ReadyFieldset>
    </form>
  );
}

function withoutInput(initial: Record<string, unknown>, fields: readonly FormField[]): Record<string, unknown> {
  const names = new Set(fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(initial).filter(([name]) => !names.has(name)));
}
