import { demandByQuarter, energyByQuarter, quartersOfDay } from "../../tariffs/core/price-tables.ts";
import type { DemandCharge, Tariff } from "../../tariffs/schema.ts";
import { type DayDemandCharge, type DayTariff, noCap } from "./day-tariff.ts";

const DAYS_PER_MONTH = 365 / 12;

export interface TariffDay {
  /** 1 to 12. */
  month: number;
  isWeekend: boolean;
}

/** A tariff on one day; `capKw` is the site's limit, and for a subscription the level that is paid for, in blocks. */
export function tariffOnDay(tariff: Tariff, day: TariffDay, capKw = Infinity): DayTariff {
  const { subscription } = tariff;
  const blocks = subscription && capKw < Infinity ? Math.ceil(capKw / subscription.blockKw) : 0;
  return {
    name: tariff.name,
    priceUsdPerKwh: quartersOfDay(energyByQuarter(tariff.energyPeriods), day),
    demand: tariff.demandCharges.flatMap((charge) => demandOnDay(charge, day)),
    capKw: noCap().fill(capKw),
    fixedUsdPerMonth: fixedUsdPerMonth(tariff) + blocks * (subscription?.usdPerMonth ?? 0),
  };
}

/** Hours of one price are one window. */
function demandOnDay(charge: DemandCharge, day: TariffDay): DayDemandCharge[] {
  const prices = quartersOfDay(demandByQuarter(charge), day);
  const charged = [...new Set(prices)].filter((price) => price !== 0);
  return charged.map((usdPerKw) => ({
    label: charged.length === 1 ? charge.label : `${charge.label}, ${usdPerKw} $/kW`,
    usdPerKw,
    slots: [...prices.keys()].filter((slot) => prices[slot] === usdPerKw),
  }));
}

function fixedUsdPerMonth({ fixedCharges }: Tariff): number {
  return fixedCharges.reduce((sum, { usd, per }) => sum + usd * (per === "day" ? DAYS_PER_MONTH : 1), 0);
}
