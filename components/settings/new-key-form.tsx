"use client";

import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { Checkbox, ChoiceGroup } from "#components/ui/choice";
import { NumberField, TextField } from "#components/ui/text-field";
import { API_KEY_SCOPES } from "#lib/auth/permissions";
import { API_KEY_DAYS_MAX, createdApiKey } from "#lib/auth/schema";
import { formatDate } from "#lib/format/dates";
import { apiFetch } from "#lib/http/client";

const DAYS_DEFAULT = "90";
const DAY_MS = 86_400_000;

interface NewKeyFormProps {
  now: Date;
  timeZone: string;
  onCreated: (secret: { key: string; name: string; verb: "created" }) => void;
  onCancel: () => void;
}

export function NewKeyForm({ now, timeZone, onCreated, onCancel }: NewKeyFormProps) {
  const { pending, run, fieldError, formError } = useSubmit();
  const [days, setDays] = useState(DAYS_DEFAULT);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector("input")?.focus();
  }, []);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      name: textOf(form, "name"),
      scopes: form.getAll("scopes"),
      expiresInDays: days.trim() === "" ? null : Number(days),
    };
    await run(async () => {
      const { key, name } = await apiFetch("/api/v1/api-keys", { method: "POST", body, response: createdApiKey });
      onCreated({ key, name, verb: "created" });
    });
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
  };
  const shown = ["/name", "/scopes", "/expiresInDays"];
  return (
    <form
      ref={box}
      aria-label="New key"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={cancelOnEscape}
      className="mt-7 rounded-lg border border-line-strong"
    >
      <div className="grid grid-cols-[1.2fr_1fr] gap-4 px-[18px] py-4 max-md:grid-cols-1">
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          error={fieldError("/name")}
          hint="What uses it, such as “Gateway Kitsap”"
        />
        <NumberField
          label="Expires after"
          unit="days"
          value={days}
          onChange={(event) => setDays(event.target.value)}
          error={fieldError("/expiresInDays")}
          hint={daysHint(days, now, timeZone)}
        />
      </div>
      <ChoiceGroup legend="Scopes" error={fieldError("/scopes")} className="px-[18px] pb-4">
        <div className="grid grid-cols-3 gap-x-4 gap-y-1.5 max-md:grid-cols-1">
          {API_KEY_SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              label={<span className="font-mono text-xs">{scope}</span>}
            />
          ))}
        </div>
      </ChoiceGroup>
      <div className="px-[18px] empty:hidden">
        <FormError>{formError(...shown)}</FormError>
      </div>
      <div className="mt-3 flex justify-end gap-2 rounded-b-lg border-t border-line bg-bg px-[18px] py-3">
        <Button shortcut="Esc" onClick={onCancel}>
          Cancel
        </Button>
        <SubmitButton variant="primary" pending={pending}>
          Create key
        </SubmitButton>
      </div>
    </form>
  );
}

function daysHint(days: string, now: Date, timeZone: string): string {
  const range = `1 to ${API_KEY_DAYS_MAX}, empty for never`;
  const count = Number(days);
  if (days.trim() === "" || !Number.isInteger(count) || count < 1 || count > API_KEY_DAYS_MAX) return range;
  return `${range}; on ${formatDate(now.getTime() + count * DAY_MS, { timeZone })}`;
}
