"use client";

import { FAULT_CAUSE } from "#lib/sensors/core/fault-causes";
import { READING_AGE } from "#lib/sensors/core/reading-age";
import type { PropertyOption } from "./sensor-filters.tsx";
import { useUrl } from "./use-url.ts";

/** Colours the map by state, cause, age or the latest value of one quantity. */
export function ColourSelect({ properties }: { properties: readonly PropertyOption[] }) {
  const { params, push } = useUrl();
  return (
    <label className="inline-flex h-[26px] items-stretch overflow-hidden rounded-sm border border-line-strong bg-raised text-xs whitespace-nowrap focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus max-sm:h-9">
      <span className="flex items-center px-[7px] text-muted">colour</span>
      <select
        value={params.get("colour") ?? ""}
        onChange={(event) => push({ colour: event.target.value === "" ? null : event.target.value })}
        className="field-sizing-content max-w-44 cursor-pointer border-l border-line bg-raised px-[5px] font-medium text-ink outline-0"
      >
        <option value="">by state</option>
        <option value={FAULT_CAUSE}>by cause of the fault</option>
        <option value={READING_AGE}>by age of the last reading</option>
        {properties.map(({ id, label }) => (
          <option key={id} value={id}>
            by {label}
          </option>
        ))}
      </select>
    </label>
  );
}
