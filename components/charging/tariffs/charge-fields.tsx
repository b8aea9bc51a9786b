"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { FieldError } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { SelectField } from "#components/ui/select-field";
import { NumberField, TextField } from "#components/ui/text-field";
import { PeriodRows } from "./period-rows.tsx";
import { type DemandDraft, type FixedDraft, newKey, newPeriod, type TariffFormDraft } from "./tariff-draft.ts";

interface FieldsProps {
  draft: TariffFormDraft;
  isReadOnly: boolean;
  /** Sentences about a pointer, exactly or below it. */
  errorsAt: (pointer: string, exactly?: boolean) => readonly string[];
  onChange: (part: Partial<TariffFormDraft>) => void;
}

/** Charges on the month's highest load, each with its hours. */
export function DemandFields({ draft, isReadOnly, errorsAt, onChange }: FieldsProps) {
  const change = (at: number, part: Partial<DemandDraft>) =>
    onChange({ demand: draft.demand.map((charge, row) => (row === at ? { ...charge, ...part } : charge)) });
  const add = () => {
    const charge = { key: newKey(), label: "Month’s maximum", basis: "maximum" as const };
    onChange({ demand: [...draft.demand, { ...charge, periods: [newPeriod("All year")] }] });
  };
  return (
    <div className="flex flex-col gap-5">
      {draft.demand.length === 0 ? <p className="text-sm text-muted">None.</p> : null}
      {draft.demand.map((charge, at) => (
        <div key={charge.key} role="group" aria-label={`Demand charge ${charge.label}`} className="flex flex-col gap-2">
          {isReadOnly ? (
            <h3 className="text-sm font-medium">
              {charge.label}
              <span className="font-normal text-muted">, {BASIS_WORDS[charge.basis]}</span>
            </h3>
          ) : (
            <div className="flex items-end gap-2">
              <TextField
                label="Demand charge"
                className="w-56"
                value={charge.label}
                onChange={(event) => change(at, { label: event.target.value })}
              />
              <SelectField
                label="Charged on"
                value={charge.basis}
                options={Object.entries(BASIS_WORDS).map(([value, label]) => ({ value, label }))}
                onChange={(event) => change(at, { basis: event.target.value as DemandDraft["basis"] })}
              />
              <IconButton
                label={`Remove ${charge.label}`}
                icon={X}
                onClick={() => onChange({ demand: draft.demand.filter((_, row) => row !== at) })}
              />
            </div>
          )}
          <PeriodRows
            periods={charge.periods}
            unit="$/kW"
            isReadOnly={isReadOnly}
            errorsOf={(row) => errorsAt(`/demandCharges/${at}/periods/${row}`)}
            onChange={(periods) => change(at, { periods })}
          />
          {[...errorsAt(`/demandCharges/${at}/periods`, true), ...errorsAt(`/demandCharges/${at}/label`)].map(
            (error) => (
              <FieldError key={error}>{error}</FieldError>
            ),
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <div>
          <Button size="sm" icon={Plus} onClick={add}>
            Add a demand charge
          </Button>
        </div>
      )}
    </div>
  );
}

const BASIS_WORDS = { maximum: "the month’s highest load", window: "the highest load in its hours" } as const;
const PER = [
  { value: "day", label: "per day" },
  { value: "month", label: "per month" },
];

/** What is paid whatever the load is, and a subscription. */
export function FixedFields({ draft, isReadOnly, errorsAt, onChange }: FieldsProps) {
  const change = (at: number, part: Partial<FixedDraft>) =>
    onChange({ fixed: draft.fixed.map((charge, row) => (row === at ? { ...charge, ...part } : charge)) });
  if (isReadOnly) return <FixedWords draft={draft} />;
  const add = () => {
    const charge: FixedDraft = { key: newKey(), label: "Customer", usd: "", per: "month", basis: "customer" };
    onChange({ fixed: [...draft.fixed, charge] });
  };
  return (
    <div className="flex flex-col gap-3">
      {draft.fixed.map((charge, at) => (
        <div key={charge.key} className="flex flex-wrap items-start gap-2">
          <TextField
            label="Fixed charge"
            className="w-48"
            value={charge.label}
            error={errorsAt(`/fixedCharges/${at}/label`)[0]}
            onChange={(event) => change(at, { label: event.target.value })}
          />
          <NumberField
            label="Amount"
            unit="$"
            className="w-32"
            value={charge.usd}
            error={errorsAt(`/fixedCharges/${at}/usd`)[0]}
            onChange={(event) => change(at, { usd: event.target.value })}
          />
          <SelectField
            label="Paid"
            value={charge.per}
            options={PER}
            onChange={(event) => change(at, { per: event.target.value as FixedDraft["per"] })}
          />
          <IconButton
            label={`Remove ${charge.label}`}
            icon={X}
            className="mt-5"
            onClick={() => onChange({ fixed: draft.fixed.filter((_, row) => row !== at) })}
          />
        </div>
      ))}
      <div>
        <Button size="sm" icon={Plus} onClick={add}>
          Add a fixed charge
        </Button>
      </div>
      <Checkbox
        label="Subscription in blocks of power"
        checked={draft.hasSubscription}
        onChange={(event) => onChange({ hasSubscription: event.target.checked })}
      />
      {draft.hasSubscription ? (
        <div className="flex flex-wrap gap-2">
          <NumberField
            label="Block"
            unit="kW"
            className="w-32"
            value={draft.blockKw}
            error={errorsAt("/subscription/blockKw")[0]}
            onChange={(event) => onChange({ blockKw: event.target.value })}
          />
          <NumberField
            label="Each block"
            unit="$ per month"
            className="w-48"
            value={draft.blockUsd}
            error={errorsAt("/subscription/usdPerMonth")[0]}
            onChange={(event) => onChange({ blockUsd: event.target.value })}
          />
        </div>
      ) : null}
    </div>
  );
}

function FixedWords({ draft }: { draft: TariffFormDraft }) {
  const lines = draft.fixed.map(({ label, usd, per }) => `${label}: ${usd} $ per ${per}`);
  if (draft.hasSubscription) lines.push(`Subscription: ${draft.blockUsd} $ per month for each ${draft.blockKw} kW`);
  if (lines.length === 0) return <p className="text-sm text-muted">None.</p>;
  return (
    <ul className="text-sm">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
