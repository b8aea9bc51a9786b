import type { Assumptions } from "./assumptions.ts";
import { CLASS_OF_CHARGER, type ChargerClass, type HourlyRate } from "./charging-case.ts";
import type { Conventions } from "./conventions.ts";
import type { LoadYear, PreparedHours, PreparedProfile } from "./prepare-hours.ts";
import type { Stock } from "./stock.ts";
import { valueAt } from "./year-series.ts";

/** A model year's load: a prepared year times a factor. */
export interface ScaledYear {
  base: LoadYear;
  scale: number;
}

export interface ProfileLoads {
  profile: PreparedProfile;
  chargerClass: ChargerClass;
  /** Per model year. */
  years: ScaledYear[];
  /** Σ kWh × rate of a model year. */
  productOf: (rate: HourlyRate, yearIndex: number) => number;
  energyMwh: Float64Array;
}

export interface Loads {
  years: readonly number[];
  profiles: ProfileLoads[];
  aggregate: ScaledYear[];
}

interface LoadsRequest {
  hours: PreparedHours;
  evs: Stock;
  assumptions: Assumptions;
  conventions: Conventions;
  years: readonly number[];
}

/** Which prepared year stands for each model year, and how much of it. */
export function modelLoads({ hours, evs, assumptions, conventions, years }: LoadsRequest): Loads {
  const factor = assumptions.evFactor * assumptions.loadFactor;
  const followsStock = conventions.runOff === "follows-stock";
  const population = (year: number) => valueAt(evs.population, year);
  const isHeld = (year: number) => followsStock && year > hours.heldYear;
  const pick = (table: { firstYear: number; years: LoadYear[] }, year: number): ScaledYear => {
    const wanted = isHeld(year) ? hours.heldYear : year;
    const at = Math.min(Math.max(wanted - table.firstYear, 0), table.years.length - 1);
    const used = table.firstYear + at;
    const scale = used === year ? 1 : population(year) / population(used);
    return { base: table.years[at]!, scale: scale * factor };
  };
  return {
    years,
    aggregate: years.map((year) => pick(hours.aggregate, year)),
    profiles: hours.profiles.map((profile) => {
      const scaledYears = years.map((year) => pick(profile, year));
      // Beyond the file's years the original scales averages and peaks, but not the hours themselves.
      const hourlyScale = (year: number) => factor * (isHeld(year) ? population(year) / population(hours.heldYear) : 1);
      return {
        profile,
        chargerClass: CLASS_OF_CHARGER[profile.charger],
        years: scaledYears,
        productOf: (rate, i) => {
          const products = isHeld(years[i]!) ? profile.held : profile.own;
          return products[rate][years[i]! - hours.firstYear]! * hourlyScale(years[i]!);
        },
        energyMwh: Float64Array.from(years, (year, i) => scaledYears[i]!.base.annualMwh * hourlyScale(year)),
      };
    }),
  };
}

export const SHAPES = ["avg_weekday", "avg_weekend", "peak_shape"] as const;

/** Average weekday, average weekend day and peak day of profiles together: 72 values in MW per model year. */
export function shapesOf(
  { years: modelYears, profiles }: Loads,
  hours: PreparedHours,
  { dayTypes: calendar }: Conventions,
): Float64Array[] {
  const { dayCounts } = hours.calendars[calendar];
  return modelYears.map((_, i) => {
    const counts = dayCounts[i]!;
    const shapes = new Float64Array(SHAPES.length * 24);
    for (const { years } of profiles) {
      const { base, scale } = years[i]!;
      const averages = averageDays(base.grids[calendar].sumMw, counts);
      for (let k = 0; k < averages.length; k++) shapes[k]! += averages[k]! * scale;
      for (let hour = 0; hour < 24; hour++) shapes[48 + hour]! += base.peakDayMw[hour]! * scale;
    }
    return shapes;
  });
}

/** Mean by hour over the year's workdays (24 values), then over its weekend days. */
export function averageDays(sumMw: Float64Array, dayCounts: Float64Array): Float64Array {
  const averages = new Float64Array(48);
  for (let dayType = 0; dayType < 2; dayType++) {
    let days = 0;
    for (let month = 0; month < 12; month++) {
      days += dayCounts[dayType * 12 + month]!;
      for (let hour = 0; hour < 24; hour++) {
        averages[dayType * 24 + hour]! += sumMw[(dayType * 12 + month) * 24 + hour]!;
      }
    }
    for (let hour = 0; hour < 24; hour++) averages[dayType * 24 + hour]! /= Math.max(1, days);
  }
  return averages;
}
