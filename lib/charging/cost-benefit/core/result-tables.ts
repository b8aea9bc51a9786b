import { CHARGER_CLASSES, POLLUTANTS, type ChargerClass } from "./charging-case.ts";
import type { CaseModel } from "./model-case.ts";
import { valueAt, type YearSeries } from "./year-series.ts";

/** A row of a result table; `values` begin in `firstYear`. */
export interface ResultRow {
  name: string;
  unit: string;
  firstYear: number;
  values: number[];
}

export interface NpvRow {
  name: string;
  unit: string;
  value: number;
}

/** Present value in the first model year's money: that year counts in full. */
export function netPresentValue(values: Float64Array | readonly number[], discountRate: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! / (1 + discountRate) ** k;
  return sum;
}

/** Named sums that several rows and the cost tests share, per model year. */
export interface Totals {
  bills: Float64Array;
  volumetricBills: Float64Array;
  demandBills: Float64Array;
  chargers: Float64Array;
  supply: Float64Array;
  delivery: Float64Array;
  carbonSaved: Float64Array;
  carbonOfCharging: Float64Array;
  netCarbon: Float64Array;
}

export function totalsOf(model: CaseModel): Totals {
  const { billsUsd, bills, chargers, supply, vehicles, carbonUsdPerTon, assumptions, years } = model;
  const keep = (values: Float64Array) =>
    model.conventions.negativeTotals === "kept" ? values : values.map((value) => Math.max(0, value));
  const sum = (parts: readonly Float64Array[]) =>
    Float64Array.from(years, (_, i) => parts.reduce((total, part) => total + part[i]!, 0));
  const carbonSaved = vehicles.gasolineSavedGal.map((gallons) => gallons * assumptions.co2TonsPerGal * carbonUsdPerTon);
  const carbonOfCharging = supply.emissionsTons.co2.map((tons) => tons * carbonUsdPerTon);
  return {
    ...{ carbonSaved, carbonOfCharging, netCarbon: carbonSaved.map((usd, i) => usd - carbonOfCharging[i]!) },
    bills: keep(billsUsd.total),
    volumetricBills: sum(bills.map(({ energyUsd }) => energyUsd)),
    demandBills: sum(bills.map(({ demandUsd }) => demandUsd)),
    chargers: keep(sum(CHARGER_CLASSES.map((name) => chargers.costUsd[name]))),
    supply: keep(sum([supply.energyUsd, supply.capacityUsd])),
    delivery: keep(sum([supply.distributionUsd, supply.transmissionUsd])),
  };
}

const BILL_SUFFIX: Record<ChargerClass, string> = {
  residential: "res",
  workplace: "work",
  publicL2: "pub L2",
  dcfc: "DCFC",
};
const CHARGER_SUFFIX: Record<ChargerClass, string> = {
  residential: "res",
  workplace: "work L2",
  publicL2: "public L2",
  dcfc: "DCFC",
};

/** Rows of annual_results, by their names there. */
export function annualRows(model: CaseModel, totals: Totals): ResultRow[] {
  const { years, billsUsd, chargers, vehicles, supply, stocks, conventions } = model;
  const firstYear = years[0]!;
  const row = (name: string, unit: string, values: ArrayLike<number>): ResultRow => {
    return { name, unit, firstYear, values: Array.from(values) };
  };
  const ofYears = (series: YearSeries) => years.map((year) => valueAt(series, year));
  const isPriced = conventions.carbonPrice === "priced";
  return [
    row("Utility Bills", "$", totals.bills),
    ...CHARGER_CLASSES.map((name) => row(`Utility Bills (${BILL_SUFFIX[name]})`, "$", billsUsd.byClass[name])),
    row("Incremental upfront vehicle cost", "$", vehicles.extraPriceUsd),
    row("Charging infrastructure cost", "$", totals.chargers),
    ...CHARGER_CLASSES.map((name) =>
      row(`Charging infrastructure cost (${CHARGER_SUFFIX[name]})`, "$", chargers.costUsd[name]),
    ),
    row("Avoided vehicle gasoline ($)", "$", vehicles.gasolineSavedUsd),
    row("Avoided vehicle gasoline (gallons)", "gal", vehicles.gasolineSavedGal),
    row("Carbon Emissions Savings From Avoided Gasoline ($)", "$", totals.carbonSaved),
    row("Carbon Emission Costs Associated with EV Adoption ($)", "$", totals.carbonOfCharging),
    row("Net Carbon Emission Savings Associated with EV Adoption ($)", "$", totals.netCarbon),
    row("Vehicle O&M Savings", "$", vehicles.maintenanceSavedUsd),
    row("Federal EV Tax Credit", "$", vehicles.taxCreditUsd),
    row("Vehicle sales", "vehicles", ofYears(stocks.ev.sales)),
    row("Transmission and Distribution Cost", "$", totals.delivery),
    row("Distribution Cost", "$", supply.distributionUsd),
    row("Transmission Cost", "$", supply.transmissionUsd),
    row("Cumulative personal light-duty EV population", "vehicles", ofYears(stocks.ev.population)),
    row("Cumulative personal light-duty LDV population", "vehicles", ofYears(stocks.all.population)),
    row("EV sales as % of total personal light-duty vehicles", "share", salesShares(model)),
    row("Peak Demand 5-9 PM", "MW", model.eveningPeakMw),
    row("Energy Supply Cost", "$", totals.supply),
    row("Energy Cost", "$", supply.energyUsd),
    row("GHG Cost", "$", isPriced ? totals.carbonOfCharging : years.map(() => 0)),
    row("Capacity Cost", "$", supply.capacityUsd),
  ];
}

function salesShares({ years, stocks, assumptions, conventions }: CaseModel): number[] {
  const isIncluded = conventions.lastYear === "included";
  const whole = conventions.salesShare === "of-stock" ? stocks.all.population : stocks.all.sales;
  const counted = years.filter((year) => year < assumptions.endYear || (isIncluded && year === assumptions.endYear));
  return counted.map((year) => {
    const total = valueAt(whole, year);
    return total > 0 ? valueAt(stocks.ev.sales, year) / total : 0;
  });
}

/** Rows of npv_results, by their names there. */
export function npvRows(model: CaseModel, totals: Totals): NpvRow[] {
  const { billsUsd, chargers, vehicles, supply, stocks, years, assumptions } = model;
  const row = (name: string, values: Float64Array | readonly number[], unit = "$"): NpvRow => {
    return { name, unit, value: netPresentValue(values, assumptions.discountRate) };
  };
  return [
    row("Utility Bills", totals.bills),
    row("Utility Bills (volumetric)", totals.volumetricBills),
    row("Utility Bills (demand)", totals.demandBills),
    ...CHARGER_CLASSES.map((name) => row(`Utility Bills (${BILL_SUFFIX[name]})`, billsUsd.byClass[name])),
    row("Incremental upfront vehicle cost", vehicles.extraPriceUsd),
    row("Charging infrastructure cost", totals.chargers),
    ...CHARGER_CLASSES.map((name) =>
      row(`Charging infrastructure cost (${CHARGER_SUFFIX[name]})`, chargers.costUsd[name]),
    ),
    row("Avoided vehicle gasoline", vehicles.gasolineSavedUsd),
    row("Vehicle O&M Savings", vehicles.maintenanceSavedUsd),
    row("Federal EV Tax Credit", vehicles.taxCreditUsd),
    row("Total Energy Supply Cost", totals.supply),
    row("Energy Cost", supply.energyUsd),
    row("Generation Capacity Cost", supply.capacityUsd),
    row(
      "Vehicle Sales (NPV)",
      years.map((year) => valueAt(stocks.ev.sales, year)),
      "vehicles",
    ),
    row("Transmission and Distribution Cost", totals.delivery),
    row("Distribution Cost", supply.distributionUsd),
    row("Transmission Cost", supply.transmissionUsd),
    row("Emissions Savings from Avoided Gasoline ($)", totals.carbonSaved),
    row("Emissions associated with EV adoption ($)", totals.carbonOfCharging),
    row("Net emissions savings ($)", totals.netCarbon),
  ];
}

const POLLUTANT_NAMES = { co2: "CO2", nox: "NOX", pm10: "PM 10", so2: "SO2", voc: "VOC" } as const;

/** Rows of Emissions, by their names there. */
export function emissionRows({ years, supply }: CaseModel): ResultRow[] {
  return POLLUTANTS.map((name) => ({
    name: `${POLLUTANT_NAMES[name]} emissions from EVs (metric tons)`,
    unit: "t",
    firstYear: years[0]!,
    values: Array.from(supply.emissionsTons[name]),
  }));
}

/** Rows of annual_gas_consumption, by their names there. */
export function gasolineRows({ gasoline, assumptions, conventions }: CaseModel): ResultRow[] {
  const inMillions = conventions.gasolineEnergy === "mmbtu";
  const energyPerGal = assumptions.btuPerGal / (inMillions ? 1e6 : 1);
  const firstYear = gasoline.years[0] ?? assumptions.gasolineFromYear;
  const row = (name: string, unit: string, values: Float64Array): ResultRow => {
    return { name, unit, firstYear, values: Array.from(values) };
  };
  const kinds = [
    ["", gasoline.totalGal],
    ["PHEV ", gasoline.phevGal],
    ["BEV ", gasoline.bevGal],
  ] as const;
  return [
    ...kinds.flatMap(([prefix, gallons]) => [
      row(`${prefix}Gasoline Consumption (gallons)`, "gal", gallons),
      row(
        `${prefix}Gasoline Consumption (MMBTU)`,
        inMillions ? "MMBtu" : "Btu",
        gallons.map((value) => value * energyPerGal),
      ),
      row(
        `${prefix}Gasoline Emissions (metric tons CO2)`,
        "t",
        gallons.map((value) => value * assumptions.co2TonsPerGal),
      ),
    ]),
    row("EV Share (%)", "share", gasoline.evShare),
  ];
}
