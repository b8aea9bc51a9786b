/** One value per year without gaps. */
export interface YearSeries {
  firstYear: number;
  values: Float64Array;
}

/** The value of a year; 0 outside of the series, which is what stocks and sales are there. */
export function valueAt({ firstYear, values }: YearSeries, year: number): number {
  return values[year - firstYear] ?? 0;
}

export function hasYear({ firstYear, values }: YearSeries, year: number): boolean {
  return year >= firstYear && year < firstYear + values.length;
}

/** The value of a year; beyond the ends the nearest year's. */
export function nearestAt({ firstYear, values }: YearSeries, year: number): number {
  return values[Math.min(Math.max(year - firstYear, 0), values.length - 1)] ?? 0;
}

export function lastYearOf({ firstYear, values }: YearSeries): number {
  return firstYear + values.length - 1;
}

export function scaled(series: YearSeries, factor: number): YearSeries {
  return factor === 1 ? series : { ...series, values: series.values.map((value) => value * factor) };
}
