import type { CaseModel } from "./model-case.ts";
import type { ResultRow, Totals } from "./result-tables.ts";
import { valueAt } from "./year-series.ts";

/** t/gal that the original's summary used whatever the case said. */
const SUMMARY_CO2_TONS_PER_GAL = 0.008887;

/** The six series that stand on the overview, for the adoption years. */
export function summaryRows(model: CaseModel, totals: Totals): ResultRow[] {
  const { years, vehicles, supply, stocks, assumptions, conventions } = model;
  const count = assumptions.endYear - assumptions.startYear + 1;
  const row = (name: string, unit: string, valueOf: (i: number) => number): ResultRow => {
    return { name, unit, firstYear: years[0]!, values: years.slice(0, count).map((_, i) => valueOf(i)) };
  };
  const again = conventions.supplyCapacity === "twice" ? 1 : 0;
  const tonsPerGal = conventions.gasolineCarbon === "fixed" ? SUMMARY_CO2_TONS_PER_GAL : assumptions.co2TonsPerGal;
  const ghg = (i: number) => (conventions.carbonPrice === "priced" ? totals.carbonOfCharging[i]! : 0);
  return [
    row("Utility Bills", "$", (i) => totals.bills[i]!),
    row("Avoided vehicle gasoline", "gal", (i) => vehicles.gasolineSavedGal[i]!),
    row(
      "Electricity Supply Cost",
      "$",
      (i) => totals.supply[i]! + again * supply.capacityUsd[i]! + totals.delivery[i]! + ghg(i),
    ),
    row("Cumulative personal light-duty EV population", "vehicles", (i) => valueAt(stocks.ev.population, years[i]!)),
    row("EV Share", "share", (i) => {
      const all = valueAt(stocks.all.population, years[i]!);
      return all > 0 ? valueAt(stocks.ev.population, years[i]!) / all : 0;
    }),
    row(
      "Net Carbon Emission Savings",
      "t",
      (i) => vehicles.gasolineSavedGal[i]! * tonsPerGal - supply.emissionsTons.co2[i]!,
    ),
  ];
}
