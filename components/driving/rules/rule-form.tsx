"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Checkbox, ChoiceGroup } from "#components/ui/choice";
import { SelectField } from "#components/ui/select-field";
import { SubmitButton } from "#components/ui/submit-button";
import { NumberField, TextField } from "#components/ui/text-field";
import { ruleInput, type Rule } from "#lib/driving/rules/schema";
import { apiFetch } from "#lib/http/client";
import { Choices, type Choosable, type RuleFieldsProps } from "./rule-choices.tsx";
import { RuleDeliveryFields } from "./rule-delivery-fields.tsx";
import { draftOf, faultsOf, inputOf, type RuleDraft } from "./rule-draft.ts";
import { RulePreviewButton } from "./rule-preview.tsx";

interface RuleFormProps {
  /** Null for a new one. */
  rule: Rule | null;
  geofences: readonly Choosable[];
  members: readonly Choosable[];
  onClose: () => void;
}

const SOURCES = [
  { value: "speed", label: "A limit of its own" },
  { value: "device", label: "What the device calls overspeed" },
];
const SEVERITIES = ["notice", "warning", "critical"].map((value) => ({ value, label: value }));

export function RuleForm({ rule, geofences, members, onClose }: RuleFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  const { pending, run, problem, fieldError } = useSubmit();
  const set = (change: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...change }));
  const error = (pointer: string) => faults.get(pointer) ?? fieldError(pointer);
  const check = () => {
    const parsed = ruleInput.safeParse(inputOf(draft));
    setFaults(parsed.success ? new Map() : faultsOf(parsed.error));
    return parsed.success ? parsed.data : null;
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = check();
    if (!body) return;
    const path = rule ? `/api/v1/driving/rules/${rule.id}` : "/api/v1/driving/rules";
    const saved = await run(() => apiFetch(path, { method: rule ? "PUT" : "POST", body }));
    if (!saved) return;
    router.refresh();
    onClose();
  };
  return (
    <form
      aria-label={rule ? `Rule ${rule.name}` : "New rule"}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="mb-6 flex max-w-[640px] flex-col gap-4 rounded-md border border-line-strong p-4"
    >
      <TextField
        label="Name"
        value={draft.name}
        onChange={({ target }) => set({ name: target.value })}
        error={error("/name")}
      />
      <JudgedFields draft={draft} set={set} error={error} />
      {geofences.length === 0 ? (
        <p className="text-xs text-muted">
          It holds everywhere. To limit it to areas, <Link href="/driving/geofences">draw or import geofences</Link>{" "}
          first.
        </p>
      ) : (
        <ChoiceGroup legend="Only in" hint="None chosen: everywhere" error={error("/geofenceIds")}>
          <Choices items={geofences} chosen={draft.geofenceIds} onChange={(geofenceIds) => set({ geofenceIds })} />
        </ChoiceGroup>
      )}
      <RuleDeliveryFields draft={draft} set={set} error={error} members={members} />
      <Checkbox
        label="Enabled"
        checked={draft.isEnabled}
        onChange={({ target }) => set({ isEnabled: target.checked })}
      />
      <p className="text-xs text-muted">It judges the records that arrive after it is saved.</p>
      <RulePreviewButton check={check} />
      <FormError>{problem?.detail}</FormError>
      <div className="flex gap-2">
        <SubmitButton variant="primary" pending={pending}>
          Save rule
        </SubmitButton>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

function JudgedFields({ draft, set, error }: RuleFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
      <SelectField
        label="Counts as too fast"
        options={SOURCES}
        value={draft.source}
        onChange={({ target }) => set({ source: target.value as RuleDraft["source"] })}
      />
      <SelectField
        label="Severity"
        options={SEVERITIES}
        value={draft.severity}
        onChange={({ target }) => set({ severity: target.value as RuleDraft["severity"] })}
      />
      {draft.source === "speed" ? (
        <>
          <NumberField
            label="Limit"
            unit="km/h"
            hint="Up to 300"
            value={draft.limitKmh}
            onChange={({ target }) => set({ limitKmh: target.value })}
            error={error("/limitKmh")}
          />
          <NumberField
            label="Tolerance above it"
            unit="%"
            hint="0 to 100"
            value={draft.percentOver}
            onChange={({ target }) => set({ percentOver: target.value })}
            error={error("/percentOver")}
          />
        </>
      ) : null}
      <NumberField
        label="Lasting at least"
        unit="s"
        hint="0 to 3,600; 0 is at once"
        value={draft.minDurationS}
        onChange={({ target }) => set({ minDurationS: target.value })}
        error={error("/minDurationS")}
      />
    </div>
  );
}
