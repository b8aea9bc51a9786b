/** Prices stand in cells of (day type, month, hour): two day types of twelve months of 24 hours. */
export const CELL_COUNT = 2 * 12 * 24;

/** 0 = workday, 1 = weekend or holiday. */
export type DayTypeIndex = 0 | 1;

/** Cell of a month (0 to 11) and the hour that begins at `hour` (0 to 23). */
export function cellIndex(dayType: number, month: number, hour: number): number {
  return (dayType * 12 + month) * 24 + hour;
}

/** A charge per kW of the month's largest demand; hours of one price within a month are one window. */
export interface DemandCharge {
  /** 1 is the charge on the month's maximum, 2 peak, 3 and 4 part-peak, 5 additional. */
  component: number;
  /** Per kW and month, by cell; 0 where the hour is in no window. */
  usdPerKw: Float64Array;
}

/** What one customer pays: energy by day type, month and hour, demand by windows, fixed charges per meter. */
export interface Tariff {
  name: string;
  description: string;
  /** Sum of all energy components, by cell. */
  energyUsdPerKwh: Float64Array;
  demandCharges: readonly DemandCharge[];
  /** As the file gives it; `per` is what the file says its unit is. */
  fixedCharge: { usdPerMeter: number; per: "day" | "month" };
  meterUsdPerDay: number;
}
