import { useState } from "react";
import type { FormField } from "#lib/forms/fields-of";
import { draftOf, readField, type Draft } from "#lib/forms/read-field";

/** What the server says about one member, by RFC 6901 pointer. */
export interface PointedError {
  pointer: string;
  detail: string;
}

export interface SchemaFormState {
  fields: readonly FormField[];
  initial: Record<string, unknown>;
  errors: readonly PointedError[];
  pointerPrefix: string;
}

/** Typed texts, what has been left once, and which answers of the server are still about what is typed. */
export function useSchemaForm({ fields, initial, errors, pointerPrefix }: SchemaFormState) {
  const [drafts, setDrafts] = useState(() => new Map(fields.map((field) => [field.name, firstDraft(field, initial)])));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState({ errors, names: new Set<string>() });

  const draftFor = (field: FormField): Draft => drafts.get(field.name) ?? firstDraft(field, initial);
  const change = (field: FormField, draft: Draft) => {
    setDrafts((known) => new Map(known).set(field.name, draft));
    setEdited((known) => ({ errors, names: new Set(known.errors === errors ? known.names : []).add(field.name) }));
  };
  const leave = (field: FormField) => setLeft((known) => new Set(known).add(field.name));
  const errorFor = (field: FormField): string | undefined => {
    const own = left.has(field.name) ? readField(field, draftFor(field)).error : undefined;
    if (own !== undefined) return own;
    if (edited.errors === errors && edited.names.has(field.name)) return undefined;
    return errors.find(({ pointer }) => isAbout(pointer, pointerPrefix + field.pointer))?.detail;
  };
  /** The values, or null after the first wrong input got the focus. */
  const read = (form: HTMLFormElement): Record<string, unknown> | null => {
    setLeft(new Set(fields.map((field) => field.name)));
    const readings = fields.map((field) => ({ field, reading: readField(field, draftFor(field)) }));
    const wrong = readings.find(({ reading }) => reading.error !== undefined);
    if (wrong) {
      focusField(form, wrong.field.name);
      return null;
    }
    const entries = readings.map(({ field, reading }) => [field.name, reading.value] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  };
  const elsewhere = errors.filter(
    ({ pointer }) => !fields.some((field) => isAbout(pointer, pointerPrefix + field.pointer)),
  );
  return { draftFor, change, leave, errorFor, read, elsewhere };
}

function firstDraft(field: FormField, initial: Record<string, unknown>): Draft {
  return draftOf(field, field.name in initial ? initial[field.name] : field.default);
}

function isAbout(pointer: string, fieldPointer: string): boolean {
  return pointer === fieldPointer || pointer.startsWith(`${fieldPointer}/`);
}

function focusField(form: HTMLFormElement, name: string) {
  const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (control instanceof HTMLElement) control.focus();
}
