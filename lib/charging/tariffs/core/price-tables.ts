import type { DemandCharge, Tariff } from "../schema.ts";
import { cellsOf, QUARTER_CELL_COUNT, quarterCell, type TariffWindow } from "./windows.ts";

/** Cells of (day type, month, hour): two day types of twelve months of 24 hours. */
export const CELL_COUNT = 2 * 12 * 24;
const QUARTERS_PER_HOUR = 4;

/** Cell of a month (0 to 11) and the hour that begins at `hour` (0 to 23). */
export function cellIndex(dayType: number, month: number, hour: number): number {
  return (dayType * 12 + month) * 24 + hour;
}

/** A charge per kW of the month's largest demand, by the hour; hours of one price within a month are one window. */
export interface HourlyDemandCharge {
  isMaximum: boolean;
  /** Per kW and month, by cell; 0 where the hour is in no window. */
  usdPerKw: Float64Array;
}

/** A tariff by the hour: 12 × 24 prices for weekdays and for weekends. */
export interface HourlyTariff {
  energyUsdPerKwh: Float64Array;
  demandCharges: readonly HourlyDemandCharge[];
}

export function toHourly({ energyPeriods, demandCharges }: Tariff): HourlyTariff {
  return {
    energyUsdPerKwh: hourly(energyByQuarter(energyPeriods), meanOf),
    demandCharges: demandCharges.map((charge) => ({
      isMaximum: charge.basis === "maximum",
      usdPerKw: hourly(demandByQuarter(charge), mostOf),
    })),
  };
}

/** US$/kWh by (day type, month, quarter hour); NaN where no period has a price, the later period's where two have. */
export function energyByQuarter(periods: readonly (TariffWindow & { usdPerKwh: number })[]): Float64Array {
  const prices = new Float64Array(QUARTER_CELL_COUNT).fill(NaN);
  for (const period of periods) for (const cell of cellsOf(period)) prices[cell] = period.usdPerKwh;
  return prices;
}

/** US$/kW and month by (day type, month, quarter hour); 0 where nothing is charged. */
export function demandByQuarter({ periods }: Pick<DemandCharge, "periods">): Float64Array {
  const prices = new Float64Array(QUARTER_CELL_COUNT);
  for (const period of periods) for (const cell of cellsOf(period)) prices[cell] = period.usdPerKw;
  return prices;
}

/** Quarter hours to hours. */
export function hourly(quarters: Float64Array, combine: (four: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: CELL_COUNT }, (_, cell) => {
    const first = cell * QUARTERS_PER_HOUR;
    return combine(quarters.subarray(first, first + QUARTERS_PER_HOUR));
  });
}

/** Equal values keep every digit, which their mean would not. */
export function meanOf(four: Float64Array): number {
  return four.every((value) => value === four[0])
    ? four[0]!
    : four.reduce((sum, value) => sum + value, 0) / four.length;
}

/** An hour is in a window when at least half of it is. */
function mostOf(four: Float64Array): number {
  const [, low, high] = [...four].sort((a, b) => a - b);
  return Math.max(low!, high!);
}

/** The 96 quarter hours of one kind of day in one month (1 to 12). */
export function quartersOfDay(values: Float64Array, day: { month: number; isWeekend: boolean }): Float64Array {
  const first = quarterCell(day.isWeekend ? 1 : 0, day.month - 1, 0);
  return values.slice(first, first + 96);
}
