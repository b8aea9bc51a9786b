"use client";

import { useState } from "react";
import { NumberField } from "#components/ui/text-field";
import { SelectField } from "#components/ui/select-field";
import { previewBill, type MonthBill } from "#lib/charging/tariffs/core/preview-bill";
import { MONTH_NAMES } from "#lib/charging/tariffs/core/window-words";
import type { Tariff } from "#lib/charging/tariffs/schema";
import { formatNumber } from "#lib/format/numbers";
import { CLOCKS } from "./tariff-draft.ts";

const DAYS_PER_YEAR = 365;
const CLOCK_OPTIONS = CLOCKS.map((value) => ({ value, label: value }));
const FIRST = CLOCK_OPTIONS.slice(0, -1);
const LAST = CLOCK_OPTIONS.slice(1);
const usd = (value: number) => formatNumber(value, { decimals: 0 });

/** What the same charging every day would cost in each month. */
export function BillPreview({ tariff }: { tariff: Tariff | null }) {
  const [load, setLoad] = useState({ energy: "500", from: "09:00", to: "17:00" });
  const energyKwhPerDay = Number(load.energy.replace(",", ""));
  const isNumber = load.energy.trim() !== "" && energyKwhPerDay >= 0 && Number.isFinite(energyKwhPerDay);
  return (
    <div>
      <div className="flex flex-wrap gap-3">
        <NumberField
          label="Energy of a day"
          unit="kWh"
          className="w-40"
          value={load.energy}
          error={isNumber ? undefined : "Write a number of kWh."}
          onChange={(event) => setLoad({ ...load, energy: event.target.value })}
        />
        <SelectField
          label="Charged from"
          options={FIRST}
          value={load.from}
          onChange={(event) => setLoad({ ...load, from: event.target.value })}
        />
        <SelectField
          label="To"
          options={LAST}
          value={load.to}
          onChange={(event) => setLoad({ ...load, to: event.target.value })}
        />
      </div>
      {tariff && isNumber ? (
        <Bills bills={previewBill(tariff, { ...load, energyKwhPerDay })} energyKwh={energyKwhPerDay * DAYS_PER_YEAR} />
      ) : (
        <p className="mt-3 text-sm text-muted">The bill appears when the tariff has no fault.</p>
      )}
    </div>
  );
}

function Bills({ bills, energyKwh }: { bills: readonly MonthBill[]; energyKwh: number }) {
  const sum = (part: (bill: MonthBill) => number) => bills.reduce((total, bill) => total + part(bill), 0);
  const total = (bill: MonthBill) => bill.energyUsd + bill.demandUsd + bill.fixedUsd;
  const year = sum(total);
  const columns = [
    { label: "Energy", of: (bill: MonthBill) => bill.energyUsd },
    { label: "Demand", of: (bill: MonthBill) => bill.demandUsd },
    { label: "Fixed", of: (bill: MonthBill) => bill.fixedUsd },
    { label: "Bill", of: total },
  ];
  return (
    <>
      <p aria-live="polite" className="mt-3 text-sm">
        <strong>{usd(year)} $</strong> a year
        {energyKwh > 0 ? `, ${formatNumber(year / energyKwh, { decimals: 4 })} $/kWh` : ""}.
        <span className="text-muted"> Every day the same load at the same power; weekends are 2 days of 7.</span>
      </p>
      <table className="mt-2 w-full max-w-130 border-collapse text-sm tabular-nums">
        <caption className="sr-only">Bill by month, US dollars</caption>
        <thead>
          <tr className="cap border-b border-line-strong">
            <th scope="col" className="py-1 text-left font-medium">
              Month, $
            </th>
            {columns.map(({ label }) => (
              <th key={label} scope="col" className="py-1 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bills.map((bill) => (
            <tr key={bill.month} className="border-b border-line">
              <th scope="row" className="py-0.5 text-left font-normal">
                {MONTH_NAMES[bill.month - 1]}
              </th>
              {columns.map(({ label, of }) => (
                <td key={label} className="py-0.5 text-right">
                  {usd(of(bill))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
