"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button";
import { controlFrame, CONTROL, FieldError } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { DAY_CHOICES, type DayChoice } from "#lib/charging/tariffs/core/windows";
import { classNames } from "#lib/format/class-names";
import { MonthPicker } from "./month-picker.tsx";
import { CLOCKS, newPeriod, type PeriodDraft } from "./tariff-draft.ts";

interface PeriodRowsProps {
  periods: readonly PeriodDraft[];
  unit: string;
  isReadOnly: boolean;
  /** What is wrong with a row; without a position, with all. */
  errorsOf: (row: number) => readonly string[];
  onChange: (periods: PeriodDraft[]) => void;
}

const DAY_WORDS: Record<DayChoice, string> = { all: "all days", weekday: "weekdays", weekend: "weekends" };
const GRID =
  "grid items-center gap-2 min-[1000px]:grid-cols-[minmax(120px,1fr)_250px_104px_164px_132px_32px] " +
  "max-[1000px]:grid-cols-[minmax(0,1fr)_auto] max-[1000px]:border-b max-[1000px]:border-line max-[1000px]:py-3";
const WIDE = "max-[1000px]:col-span-2";

/** Periods of a price as rows: name, months, days, hours, price. */
export function PeriodRows({ periods, unit, isReadOnly, errorsOf, onChange }: PeriodRowsProps) {
  const change = (at: number, part: Partial<PeriodDraft>) =>
    onChange(periods.map((period, row) => (row === at ? { ...period, ...part } : period)));
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden className={classNames(GRID, "cap max-[1000px]:hidden")}>
        <span>Period</span>
        <span>Months</span>
        <span>Days</span>
        <span>From, to</span>
        <span className="text-right">Price</span>
      </div>
      {periods.map((period, row) => (
        <div key={period.key} role="group" aria-label={`Row ${row + 1}, ${period.label}`}>
          <PeriodRow
            {...{ period, unit, isReadOnly, isWrong: errorsOf(row).length > 0 }}
            onChange={(part) => change(row, part)}
            onRemove={periods.length > 1 ? () => onChange(periods.filter((_, at) => at !== row)) : undefined}
          />
          {errorsOf(row).map((error) => (
            <FieldError key={error}>{error}</FieldError>
          ))}
        </div>
      ))}
      {isReadOnly ? null : (
        <div>
          <Button
            size="sm"
            icon={Plus}
            onClick={() =>
              onChange([...periods, { ...newPeriod(`Period ${periods.length + 1}`), from: "16:00", to: "21:00" }])
            }
          >
            Add a period
          </Button>
        </div>
      )}
    </div>
  );
}

interface PeriodRowProps {
  period: PeriodDraft;
  unit: string;
  isReadOnly: boolean;
  isWrong: boolean;
  onChange: (part: Partial<PeriodDraft>) => void;
  onRemove: (() => void) | undefined;
}

function PeriodRow({ period, unit, isReadOnly, isWrong, onChange, onRemove }: PeriodRowProps) {
  const { label, months, days, from, to, price } = period;
  if (isReadOnly) {
    return (
      <div className={classNames(GRID, "min-h-(--row-dense) text-sm")}>
        <span className="font-medium">{label}</span>
        <MonthPicker months={months} of={label} isReadOnly onChange={() => undefined} />
        <span>{DAY_WORDS[days]}</span>
        <span className="tabular-nums">
          {from} to {to}
        </span>
        <span className="text-right tabular-nums max-[1000px]:text-left">
          {price} <span className="text-xs text-muted">{unit}</span>
        </span>
      </div>
    );
  }
  return (
    <div className={GRID}>
      <span className={controlFrame(false)}>
        <input
          aria-label="Name of the period"
          value={label}
          maxLength={60}
          onChange={(event) => onChange({ label: event.target.value })}
          className={CONTROL}
        />
      </span>
      <span className={WIDE}>
        <MonthPicker {...{ months, of: label, isReadOnly }} onChange={(next) => onChange({ months: next })} />
      </span>
      <Choice
        name="Days"
        value={days}
        options={DAY_CHOICES.map((value) => [value, DAY_WORDS[value]])}
        onChange={(value) => onChange({ days: value as DayChoice })}
      />
      <span className="flex items-center gap-1">
        <Choice name="From" value={from} options={FROM} onChange={(value) => onChange({ from: value })} />
        <Choice name="To" value={to} options={TO} onChange={(value) => onChange({ to: value })} />
      </span>
      <span className={controlFrame(isWrong)}>
        <input
          aria-label={`Price, ${unit}`}
          aria-invalid={isWrong || undefined}
          inputMode="decimal"
          value={price}
          onChange={(event) => onChange({ price: event.target.value })}
          className={classNames(CONTROL, "text-right")}
        />
        <span className="pr-2 text-xs text-muted">{unit}</span>
      </span>
      {onRemove ? <IconButton label={`Remove ${label}`} icon={X} size="sm" onClick={onRemove} /> : <span />}
    </div>
  );
}

const FROM = CLOCKS.slice(0, -1).map((clock): [string, string] => [clock, clock]);
const TO = CLOCKS.slice(1).map((clock): [string, string] => [clock, clock]);

interface ChoiceProps {
  name: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}

export function Choice({ name, value, options, onChange }: ChoiceProps) {
  const isKnown = options.some(([known]) => known === value);
  return (
    <span className={classNames(controlFrame(false), "min-w-0 flex-1")}>
      <select
        aria-label={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(CONTROL, "w-full cursor-pointer px-1.5")}
      >
        {isKnown ? null : <option value={value}>{value}</option>}
        {options.map(([known, label]) => (
          <option key={known} value={known}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}
