import type { Assumptions } from "./assumptions.ts";
import { POLLUTANTS, type HourlyRate, type Pollutant } from "./charging-case.ts";
import type { Loads } from "./loads.ts";
import type { Stock } from "./stock.ts";
import { valueAt } from "./year-series.ts";

/** What the grid spends and emits for the charging, per model year. */
export interface Supply {
  energyUsd: Float64Array;
  capacityUsd: Float64Array;
  distributionUsd: Float64Array;
  transmissionUsd: Float64Array;
  emissionsTons: Record<Pollutant, Float64Array>;
}

export function modelSupply(of: {
  loads: Loads;
  evs: Stock;
  assumptions: Assumptions;
  years: readonly number[];
}): Supply {
  const { loads, evs, assumptions, years } = of;
  const { dcfcUpgradeUsd, dcfcPerUpgrade, evsPerDcfc } = assumptions;
  const total = (rate: HourlyRate, factor: number) =>
    Float64Array.from(years, (_, i) => factor * loads.profiles.reduce((sum, load) => sum + load.productOf(rate, i), 0));
  const upgrades = (year: number) => (valueAt(evs.sales, year) / evsPerDcfc) * (dcfcUpgradeUsd / dcfcPerUpgrade);
  const emissions = POLLUTANTS.map((name) => [name, total(name, assumptions.gridEmissionFactor)] as const);
  return {
    energyUsd: total("energy", assumptions.energyCostFactor),
    capacityUsd: total("capacity", assumptions.capacityCostFactor),
    distributionUsd: total("distribution", assumptions.distributionCostFactor).map(
      (usd, i) => usd + upgrades(years[i]!),
    ),
    transmissionUsd: total("transmission", assumptions.transmissionCostFactor),
    emissionsTons: Object.fromEntries(emissions) as Record<Pollutant, Float64Array>,
  };
}
