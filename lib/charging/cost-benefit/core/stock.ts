import type { Assumptions } from "./assumptions.ts";
import type { VehicleAdoption } from "./charging-case.ts";
import type { Conventions } from "./conventions.ts";
import { hasYear, valueAt, type YearSeries } from "./year-series.ts";

/** Vehicles of one kind, from the first adoption year to the last model year. */
export interface Stock {
  population: YearSeries;
  newSales: YearSeries;
  replacements: YearSeries;
  sales: YearSeries;
}

export interface Stocks {
  bev: Stock;
  phev: Stock;
  /** BEV and PHEV. */
  ev: Stock;
  /** All light-duty vehicles. */
  all: Stock;
}

export function modelStocks(adoption: VehicleAdoption, assumptions: Assumptions, conventions: Conventions): Stocks {
  const of = (population: YearSeries) => modelStock(population, assumptions, conventions);
  const { bevs, phevs } = adoption;
  const evs = { ...bevs, values: bevs.values.map((value, i) => value + (phevs.values[i] ?? 0)) };
  return { bev: of(bevs), phev: of(phevs), ev: of(evs), all: of(adoption.vehicles) };
}

/**
 * Sales are growth of the population plus replacement of what was sold a lifetime ago; after the last adoption year
 * nothing is sold and the population runs off.
 */
function modelStock(given: YearSeries, assumptions: Assumptions, { firstStock }: Conventions): Stock {
  const { firstAdoptionYear: first, endYear, vehicleLifetimeYears: lifetime } = assumptions;
  const empty = (): YearSeries => ({
    firstYear: first,
    values: new Float64Array(endYear + lifetime - first),
  });
  const [population, newSales, replacements, sales] = [empty(), empty(), empty(), empty()];
  const retiring = firstStock === "retires-evenly" ? valueAt(given, first) / lifetime : 0;
  for (let i = 0; i < population.values.length; i++) {
    const year = first + i;
    if (year > endYear) {
      population.values[i] = valueAt(population, year - 1) - valueAt(sales, year - lifetime);
      continue;
    }
    population.values[i] = valueAt(given, year);
    newSales.values[i] = hasYear(given, year - 1) ? valueAt(given, year) - valueAt(given, year - 1) : 0;
    replacements.values[i] = year < first + lifetime ? 0 : valueAt(sales, year - lifetime);
    if (year > first && year <= first + lifetime) replacements.values[i]! += retiring;
    sales.values[i] = newSales.values[i]! + replacements.values[i]!;
  }
  return { population, newSales, replacements, sales };
}
