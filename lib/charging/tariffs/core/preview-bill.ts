import type { Tariff } from "../schema.ts";
import { demandByQuarter, energyByQuarter, quartersOfDay } from "./price-tables.ts";
import { quartersOf } from "./windows.ts";

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const QUARTER_H = 0.25;
/** Of seven days. */
const DAY_KINDS = [
  { isWeekend: false, share: 5 / 7 },
  { isWeekend: true, share: 2 / 7 },
];

export interface SteadyLoad {
  /** Every day of the year, at the same power from one time to the other. */
  energyKwhPerDay: number;
  from: string;
  to: string;
}

export interface MonthBill {
  /** 1 to 12. */
  month: number;
  energyUsd: number;
  demandUsd: number;
  fixedUsd: number;
}

/** What a steady load costs in each month; a subscription is as large as the load needs it. */
export function previewBill(tariff: Tariff, load: SteadyLoad): MonthBill[] {
  const quarters = quartersOf(load);
  const powerKw = load.energyKwhPerDay / (quarters.length * QUARTER_H);
  const energy = energyByQuarter(tariff.energyPeriods);
  const demand = tariff.demandCharges.map(demandByQuarter);
  const blocks = tariff.subscription ? Math.ceil(powerKw / tariff.subscription.blockKw) : 0;
  return DAYS_IN_MONTH.map((days, at) => {
    const month = at + 1;
    let energyUsd = 0;
    for (const { isWeekend, share } of DAY_KINDS) {
      const prices = quartersOfDay(energy, { month, isWeekend });
      for (const quarter of quarters) energyUsd += days * share * powerKw * QUARTER_H * prices[quarter]!;
    }
    const fixedUsd = tariff.fixedCharges.reduce((sum, { usd, per }) => sum + usd * (per === "day" ? days : 1), 0);
    return {
      month,
      energyUsd,
      demandUsd: demand.reduce((sum, prices) => sum + powerKw * chargedUsdPerKw(prices, month, quarters), 0),
      fixedUsd: fixedUsd + blocks * (tariff.subscription?.usdPerMonth ?? 0),
    };
  });
}

/** Hours of one price are one window; a steady load pays each window that it touches once. */
function chargedUsdPerKw(prices: Float64Array, month: number, quarters: readonly number[]): number {
  const touched = DAY_KINDS.flatMap(({ isWeekend }) => {
    const day = quartersOfDay(prices, { month, isWeekend });
    return quarters.map((quarter) => day[quarter]!);
  });
  return [...new Set(touched)].reduce((sum, price) => sum + price, 0);
}
