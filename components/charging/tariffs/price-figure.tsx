"use client";

import { useState } from "react";
import { SegmentedControl } from "#components/ui/segmented";
import { demandByQuarter, energyByQuarter } from "#lib/charging/tariffs/core/price-tables";
import { PriceTable } from "./price-table.tsx";
import { drawablePeriods, type TariffFormDraft } from "./tariff-draft.ts";

/** The table of the energy price or of one demand charge, as it is typed. */
export function PriceFigure({ draft }: { draft: TariffFormDraft }) {
  const [shown, setShown] = useState("energy");
  const charge = draft.demand.find(({ key }) => String(key) === shown);
  return (
    <div className="flex flex-col gap-3">
      {draft.demand.length > 0 ? (
        <div className="overflow-x-auto">
          <SegmentedControl
            label="Price shown"
            value={charge ? shown : "energy"}
            onChange={setShown}
            segments={[
              { value: "energy", label: "Energy" },
              ...draft.demand.map(({ key, label }) => ({ value: String(key), label })),
            ]}
          />
        </div>
      ) : null}
      {charge ? (
        <PriceTable
          title={`Demand charge ${charge.label}`}
          unit="$/kW a month"
          quarters={demandOf(charge.periods)}
          emptyWord="no charge"
        />
      ) : (
        <PriceTable
          title="Price of energy"
          unit="$/kWh"
          quarters={energyByQuarter(
            drawablePeriods(draft.energy).map((period) => ({ ...period, usdPerKwh: period.usd })),
          )}
          emptyWord="no price"
        />
      )}
    </div>
  );
}

function demandOf(periods: TariffFormDraft["energy"]): Float64Array {
  const priced = drawablePeriods(periods).map((period) => ({ ...period, usdPerKw: period.usd }));
  return demandByQuarter({ periods: priced }).map((price) => (price === 0 ? NaN : price));
}
