import type { Assumptions } from "./assumptions.ts";
import type { ChargingCase, VehicleAdoption } from "./charging-case.ts";
import type { Conventions } from "./conventions.ts";
import type { Stock, Stocks } from "./stock.ts";
import { hasYear, lastYearOf, valueAt, type YearSeries } from "./year-series.ts";

/** Per model year. */
export interface VehicleFlows {
  extraPriceUsd: Float64Array;
  taxCreditUsd: Float64Array;
  maintenanceSavedUsd: Float64Array;
  gasolineSavedGal: Float64Array;
  gasolineSavedUsd: Float64Array;
}

export interface VehicleRequest {
  source: Pick<ChargingCase, "adoption" | "gasPriceUsdPerGal">;
  stocks: Stocks;
  assumptions: Assumptions;
  conventions: Conventions;
  creditsReplacements: boolean;
  years: readonly number[];
}

export function modelVehicles(request: VehicleRequest): VehicleFlows {
  const { stocks, assumptions, source, conventions, years } = request;
  const { adoption } = source;
  const { startYear, endYear } = assumptions;
  const perYear = (valueOf: (year: number) => number) => Float64Array.from(years, valueOf);
  const gasolineSavedGal = perYear(
    (year) =>
      gallonsSaved({ ...request, stock: stocks.bev, miles: adoption.bevMiles }, year) +
      gallonsSaved({ ...request, stock: stocks.phev, miles: adoption.phevMiles }, year),
  );
  return {
    gasolineSavedGal,
    gasolineSavedUsd: gasolineSavedGal.map(
      (gallons, i) => gallons * gasPrice(source.gasPriceUsdPerGal, years[i]!, conventions),
    ),
    extraPriceUsd: perYear((year) =>
      year > endYear
        ? 0
        : valueAt(adoption.bevPriceUsd, year) * valueAt(stocks.bev.sales, year) +
          valueAt(adoption.phevPriceUsd, year) * valueAt(stocks.phev.sales, year),
    ),
    taxCreditUsd: perYear((year) => taxCredit(request, year)),
    maintenanceSavedUsd: perYear((year) => {
      const { bevMaintenanceUsdPerYear, phevMaintenanceUsdPerYear, inflationRate } = assumptions;
      const saved =
        vehiclesMaintained(request, stocks.bev, year) * bevMaintenanceUsdPerYear +
        vehiclesMaintained(request, stocks.phev, year) * phevMaintenanceUsdPerYear;
      return saved * (1 + inflationRate) ** (year - startYear);
    }),
  };
}

function taxCredit(request: VehicleRequest, year: number): number {
  const { stocks, assumptions, conventions, creditsReplacements } = request;
  const { startYear, lastTaxCreditYear, taxCreditDeflation } = assumptions;
  if (year > lastTaxCreditYear) return 0;
  const sold = ({ sales, newSales }: Stock) => valueAt(creditsReplacements ? sales : newSales, year);
  const countsBevs = creditsReplacements || conventions.creditWithoutReplacements === "both";
  const bevUsd = countsBevs ? sold(stocks.bev) * assumptions.bevTaxCreditUsd : 0;
  return (bevUsd + sold(stocks.phev) * assumptions.phevTaxCreditUsd) / (1 + taxCreditDeflation) ** (year - startYear);
}

/** Until a lifetime has passed the original counts only what was sold since the start. */
function vehiclesMaintained(request: VehicleRequest, stock: Stock, year: number): number {
  const { startYear, vehicleLifetimeYears } = request.assumptions;
  if (request.conventions.firstStock !== "permanent" || year >= startYear + vehicleLifetimeYears) {
    return valueAt(stock.population, year);
  }
  return sumYears(startYear, year, (sold) => valueAt(stock.sales, sold));
}

interface GallonsRequest extends VehicleRequest {
  stock: Stock;
  miles: YearSeries;
}

/** Each year's cars save what a new gasoline car of that year would have burnt. */
function gallonsSaved({ stock, miles, source, assumptions }: GallonsRequest, year: number): number {
  const { startYear, vehicleLifetimeYears: lifetime } = assumptions;
  const atStart = gallonsPerYear(source.adoption, miles, startYear);
  if (atStart === 0) return 0;
  const savedBySold = (sold: number) =>
    sold > assumptions.endYear ? 0 : valueAt(stock.sales, sold) * gallonsPerYear(source.adoption, miles, sold);
  if (year >= startYear + lifetime) return sumYears(year - lifetime + 1, year, savedBySold);
  const replaced = sumYears(startYear + 1, year, (sold) => valueAt(stock.replacements, sold));
  const remaining = valueAt(stock.population, startYear) - replaced;
  return sumYears(startYear + 1, year, savedBySold) + remaining * atStart;
}

function gallonsPerYear({ newVehicleMpg }: VehicleAdoption, miles: YearSeries, year: number): number {
  const mpg = valueAt(newVehicleMpg, year);
  return mpg > 0 ? valueAt(miles, year) / mpg : 0;
}

function sumYears(from: number, to: number, valueOf: (year: number) => number): number {
  let sum = 0;
  for (let year = from; year <= to; year++) sum += valueOf(year);
  return sum;
}

function gasPrice(prices: YearSeries, year: number, { priceBeyondTable }: Conventions): number {
  if (priceBeyondTable === "zero") return valueAt(prices, year);
  for (let at = Math.min(year, lastYearOf(prices)); hasYear(prices, at); at--) {
    if (valueAt(prices, at) > 0) return valueAt(prices, at);
  }
  return 0;
}

/** Gasoline that is still burnt, per model year. */
export interface GasolineUse {
  totalGal: Float64Array;
  phevGal: Float64Array;
  bevGal: Float64Array;
  evShare: Float64Array;
  years: readonly number[];
}

export function modelGasolineUse(request: VehicleRequest): GasolineUse {
  const { stocks, assumptions, source, conventions } = request;
  const { adoption } = source;
  const lastYear = request.years.at(-1)! - (conventions.lastYear === "left-out" ? 1 : 0);
  const { gasolineFromYear, startYear, gallonsPerIceYear } = assumptions;
  const years = yearsBetween(gasolineFromYear, lastYear);
  const startMpg = valueAt(adoption.newVehicleMpg, startYear);
  const startMiles = valueAt(adoption.iceMiles, startYear);
  const perIceGal = conventions.iceGasoline === "new-car" ? startMiles / startMpg : gallonsPerIceYear;
  const economy = years.map((year) => {
    const mpg = valueAt(adoption.newVehicleMpg, year);
    return mpg > 0 && startMiles > 0 ? (valueAt(adoption.iceMiles, year) / startMiles) * (startMpg / mpg) : 1;
  });
  const burntBy = (stock: Stock, electricMiles: YearSeries) =>
    Float64Array.from(years, (year, i) => {
      const gasolineMiles = startMiles - valueAt(electricMiles, startYear);
      return (valueAt(stock.population, year) * economy[i]! * gasolineMiles) / startMpg;
    });
  const [phevGal, bevGal] = [burntBy(stocks.phev, adoption.phevMiles), burntBy(stocks.bev, adoption.bevMiles)];
  const ice = (year: number) => valueAt(stocks.all.population, year) - valueAt(stocks.ev.population, year);
  return {
    ...{ phevGal, bevGal, years },
    totalGal: Float64Array.from(years, (year, i) => ice(year) * economy[i]! * perIceGal + phevGal[i]! + bevGal[i]!),
    evShare: Float64Array.from(years, (year) => 1 - ice(year) / valueAt(stocks.all.population, year)),
  };
}

function yearsBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
