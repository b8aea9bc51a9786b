"use client";

import { MONTH_NAMES, monthWords } from "#lib/charging/tariffs/core/window-words";
import { classNames } from "#lib/format/class-names";

interface MonthPickerProps {
  months: readonly number[];
  /** Whose months they are, for screen readers. */
  of: string;
  isReadOnly: boolean;
  onChange: (months: number[]) => void;
}

/** Twelve letters that are on or off. */
export function MonthPicker({ months, of, isReadOnly, onChange }: MonthPickerProps) {
  if (isReadOnly) return <span className="text-sm">{monthWords(months)}</span>;
  const toggle = (month: number) => {
    const next = months.includes(month) ? months.filter((other) => other !== month) : [...months, month];
    onChange(next.sort((a, b) => a - b));
  };
  return (
    <div role="group" aria-label={`Months of ${of}`} className="flex gap-px">
      {MONTH_NAMES.map((name, at) => {
        const isOn = months.includes(at + 1);
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isOn}
            aria-label={name}
            title={name}
            onClick={() => toggle(at + 1)}
            className={classNames(
              "h-(--control-md) w-[19px] rounded-xs border text-2xs max-md:w-[26px]",
              isOn ? "border-accent bg-accent text-on-accent" : "border-line bg-raised text-muted hover:bg-hover",
            )}
          >
            {name.charAt(0)}
          </button>
        );
      })}
    </div>
  );
}
