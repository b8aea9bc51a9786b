import type { Assumptions } from "./assumptions.ts";
import { CHARGER_CLASSES, type ChargerClass } from "./charging-case.ts";
import type { Conventions } from "./conventions.ts";
import type { Loads } from "./loads.ts";
import type { Stock } from "./stock.ts";
import { nearestAt, valueAt, type YearSeries } from "./year-series.ts";

/** Stock of chargers from the first adoption year on, and cost per model year, by class. */
export interface Chargers {
  stock: Record<ChargerClass, YearSeries>;
  costUsd: Record<ChargerClass, Float64Array>;
}

export interface ChargersRequest {
  evs: Stock;
  loads: Loads;
  ports: YearSeries | null;
  assumptions: Assumptions;
  conventions: Conventions;
  /** Chargers from ratios to EVs (true) or from public ports and the workplace peak. */
  usesRatios: boolean;
  years: readonly number[];
}

export function modelChargers(request: ChargersRequest): Chargers {
  const stock = request.usesRatios ? stockFromRatios(request) : stockFromPorts(request);
  const costUsd = byClass((name) => chargerCost(name, stock[name], request));
  return { stock, costUsd };
}

function byClass<T>(make: (name: ChargerClass) => T): Record<ChargerClass, T> {
  return Object.fromEntries(CHARGER_CLASSES.map((name) => [name, make(name)])) as Record<ChargerClass, T>;
}

function ratioOf(name: ChargerClass, assumptions: Assumptions): number {
  const { evsPerWorkCharger, evsPerPublicCharger, evsPerDcfc } = assumptions;
  return { residential: 1, workplace: evsPerWorkCharger, publicL2: evsPerPublicCharger, dcfc: evsPerDcfc }[name];
}

function stockFromRatios({ evs, assumptions }: ChargersRequest): Record<ChargerClass, YearSeries> {
  return byClass((name) => {
    const ratio = ratioOf(name, assumptions);
    return { ...evs.population, values: evs.population.values.map((population) => population / ratio) };
  });
}

function stockFromPorts(request: ChargersRequest): Record<ChargerClass, YearSeries> {
  const { evs, ports, loads, years, assumptions } = request;
  const { publicDcfcShare, publicPortsPerEvse, workKwPerPlug, workPortsPerEvse } = assumptions;
  const { firstYear, values } = evs.population;
  const perYear = (valueOf: (year: number) => number): YearSeries => {
    return { firstYear, values: values.map((_, i) => valueOf(firstYear + i)) };
  };
  const workplaces = loads.profiles.filter(({ chargerClass }) => chargerClass === "workplace");
  const workplace = perYear((year) => {
    const at = Math.max(0, year - years[0]!);
    const peakMw = workplaces.reduce((sum, { years: of }) => sum + of[at]!.base.peakMw * of[at]!.scale, 0);
    return (1000 * peakMw) / (workKwPerPlug * workPortsPerEvse);
  });
  const portsIn = (year: number) => (ports ? nearestAt(ports, year) : 0);
  return {
    residential: evs.population,
    workplace,
    publicL2: perYear((year) =>
      Math.max(0, (portsIn(year) * (1 - publicDcfcShare)) / publicPortsPerEvse - valueAt(workplace, year)),
    ),
    dcfc: perYear((year) => portsIn(year) * publicDcfcShare),
  };
}

interface ChargerPrices {
  makeReadyUsd: number;
  evseUsd: number;
  reduction: number;
}

function pricesOf(name: ChargerClass, of: Assumptions): ChargerPrices {
  switch (name) {
    case "residential":
      return { makeReadyUsd: of.homeMakeReadyUsd, evseUsd: of.homeEvseUsd, reduction: of.homeReduction };
    case "workplace":
      return { makeReadyUsd: of.workMakeReadyUsd, evseUsd: of.workEvseUsd, reduction: of.workReduction };
    case "publicL2":
      return { makeReadyUsd: of.publicMakeReadyUsd, evseUsd: of.publicEvseUsd, reduction: of.publicReduction };
    case "dcfc":
      return {
        makeReadyUsd: of.dcfcMakeReadyUsd / of.dcfcPerUpgrade,
        evseUsd: of.dcfcEvseUsd,
        reduction: of.dcfcReduction,
      };
  }
}

/** New chargers pay make-ready and charger, replaced ones the charger; after the last adoption year none is bought. */
function chargerCost(name: ChargerClass, stock: YearSeries, request: ChargersRequest): Float64Array {
  const { assumptions, usesRatios, years } = request;
  const { startYear, endYear, inflationRate } = assumptions;
  const { added, replaced } = purchases(name, stock, request);
  const { makeReadyUsd, evseUsd, reduction } = pricesOf(name, assumptions);
  const yearly = usesRatios ? 1 - reduction + inflationRate : 1 - reduction;
  return Float64Array.from(years, (year) => {
    if (year > endYear) return 0;
    const evse = evseUsd * yearly ** (year - startYear);
    return valueAt(added, year) * (makeReadyUsd + evse) + valueAt(replaced, year) * evse;
  });
}

/** Chargers are replaced with their vehicles, or, when they are counted from ports, a lifetime after their purchase. */
function purchases(name: ChargerClass, stock: YearSeries, request: ChargersRequest) {
  const { evs, assumptions, conventions, usesRatios } = request;
  const { firstAdoptionYear: first, vehicleLifetimeYears: lifetime } = assumptions;
  const ratio = ratioOf(name, assumptions);
  const retiresEvenly = conventions.firstStock === "retires-evenly";
  const added: YearSeries = {
    ...stock,
    values: stock.values.map((value, i) => value - (stock.values[i - 1] ?? value)),
  };
  if (!retiresEvenly) {
    added.values[0] = name === "residential" ? valueAt(stock, first) : valueAt(evs.sales, first) / ratio;
  }
  const replaced: YearSeries = { ...stock, values: evs.replacements.values.map((vehicles) => vehicles / ratio) };
  if (usesRatios) return { added, replaced };
  for (let i = 0; i < stock.values.length; i++) {
    const bought = i < lifetime ? 0 : added.values[i - lifetime]! + replaced.values[i - lifetime]!;
    replaced.values[i] = bought + (retiresEvenly && i > 0 && i <= lifetime ? stock.values[0]! / lifetime : 0);
  }
  return { added, replaced };
}
