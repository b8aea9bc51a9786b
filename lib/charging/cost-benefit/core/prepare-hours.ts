import { CELL_COUNT } from "../../tariffs/core/price-tables.ts";
import {
  CHARGER_CLASSES,
  HOURLY_RATES,
  type CaseCalendar,
  type Charger,
  type ChargerClass,
  type ChargingCase,
  type HourlyRate,
  type HourlyTable,
} from "./charging-case.ts";
import { countDays, DAY_TYPE_CALENDARS, dayTypesOf, type DayTypeCalendar } from "./day-types.ts";

const HOURS_PER_DAY = 24;

/** A year's load by day type, month and hour. */
export interface LoadGrid {
  sumMw: Float64Array;
  maxMw: Float64Array;
}

/** What one year of a load comes down to. */
export interface LoadYear {
  annualMwh: number;
  peakMw: number;
  /** First hour of the year that reaches the peak. */
  peakHour: number;
  /** The 24 hours of that day, MW. */
  peakDayMw: Float64Array;
  grids: Readonly<Record<DayTypeCalendar, LoadGrid>>;
}

export interface PreparedProfile {
  name: string;
  charger: Charger;
  allocation: readonly { tariff: string; share: number }[];
  firstYear: number;
  years: LoadYear[];
  /** Per hourly rate and model year: Σ kWh × rate, with the load of the year itself (nearest when the file ends). */
  own: Readonly<Record<HourlyRate, Float64Array>>;
  /** The same with the load of the last adoption year, which later years scale. */
  held: Readonly<Record<HourlyRate, Float64Array>>;
}

export interface PreparedCalendar {
  /** Per model year: days by (day type × 12 + month). */
  dayCounts: Float64Array[];
  /** Per model year: day type of each day. */
  dayTypes: Uint8Array[];
}

/** The hourly part of a case, done once: what follows needs no hour any more. */
export interface PreparedHours {
  firstYear: number;
  yearCount: number;
  heldYear: number;
  months: Uint8Array;
  calendars: Readonly<Record<DayTypeCalendar, PreparedCalendar>>;
  profiles: PreparedProfile[];
  /** All profiles together. */
  aggregate: { firstYear: number; years: LoadYear[] };
  /** Largest load of the building behind one meter by cell, per model year. */
  buildingMaxMw: Readonly<Partial<Record<ChargerClass, Readonly<Record<DayTypeCalendar, Float64Array[]>>>>>;
}

export interface Horizon {
  firstYear: number;
  lastYear: number;
  /** The last adoption year. */
  heldYear: number;
}

/**
 * Reduces the hourly tables to sums, maxima and cost products per year: one pass over every hour of every profile.
 * Nothing here depends on an economic assumption.
 */
export function prepareHours(source: ChargingCase, { firstYear, lastYear, heldYear }: Horizon): PreparedHours {
  const yearCount = lastYear - firstYear + 1;
  const modelYears = Array.from({ length: yearCount }, (_, i) => firstYear + i);
  const dayTypes = (year: number) => mapCalendars((kind) => dayTypesOf(source.calendar, kind, year));
  const byYear = new Map(modelYears.map((year) => [year, dayTypes(year)]));
  const context: Context = { source, modelYears, heldYear, dayTypesOf: (year) => byYear.get(year) ?? dayTypes(year) };
  return {
    ...{ firstYear, yearCount, heldYear, months: source.calendar.months },
    calendars: mapCalendars((kind) => {
      const types = modelYears.map((year) => byYear.get(year)![kind]);
      return { dayTypes: types, dayCounts: types.map((days) => countDays(source.calendar, days)) };
    }),
    profiles: source.profiles.map(({ loadMw, ...profile }) => ({
      ...profile,
      ...reduceTable(loadMw, context),
      own: multiplyRates(loadMw, context, (year) => year),
      held: multiplyRates(loadMw, context, (year) => Math.min(year, heldYear)),
    })),
    aggregate: reduceTable(addTables(source.profiles.map(({ loadMw }) => loadMw)), context),
    buildingMaxMw: reduceBuildings(context),
  };
}

interface Context {
  source: ChargingCase;
  modelYears: readonly number[];
  heldYear: number;
  dayTypesOf: (year: number) => Record<DayTypeCalendar, Uint8Array>;
}

function mapCalendars<T>(make: (kind: DayTypeCalendar) => T): Record<DayTypeCalendar, T> {
  return Object.fromEntries(DAY_TYPE_CALENDARS.map((kind) => [kind, make(kind)])) as Record<DayTypeCalendar, T>;
}

function reduceTable(table: HourlyTable, { source, dayTypesOf: typesOf }: Context) {
  const years = table.years.map((year, at) => {
    return reduceYear(table.columns[at]!, source.calendar, typesOf(year));
  });
  return { firstYear: table.years[0]!, years };
}

function reduceYear(
  load: Float64Array,
  calendar: CaseCalendar,
  dayTypes: Record<DayTypeCalendar, Uint8Array>,
): LoadYear {
  const grids = mapCalendars((kind) => gridOf(load, calendar, dayTypes[kind]));
  let annualMwh = 0;
  let peakMw = -Infinity;
  let peakHour = 0;
  for (let hour = 0; hour < load.length; hour++) {
    const mw = load[hour]!;
    annualMwh += mw;
    if (mw > peakMw) {
      peakMw = mw;
      peakHour = hour;
    }
  }
  const dayStart = peakHour - (peakHour % HOURS_PER_DAY);
  return { annualMwh, peakMw, peakHour, peakDayMw: load.slice(dayStart, dayStart + HOURS_PER_DAY), grids };
}

function gridOf(load: Float64Array, { months }: CaseCalendar, dayTypes: Uint8Array): LoadGrid {
  const sumMw = new Float64Array(CELL_COUNT);
  const maxMw = new Float64Array(CELL_COUNT);
  for (let day = 0; day < months.length; day++) {
    const cell = (dayTypes[day]! * 12 + months[day]!) * HOURS_PER_DAY;
    const start = day * HOURS_PER_DAY;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const mw = load[start + hour]!;
      sumMw[cell + hour]! += mw;
      if (mw > maxMw[cell + hour]!) maxMw[cell + hour] = mw;
    }
  }
  return { sumMw, maxMw };
}

/** Σ 1000 kWh/MWh × MW × rate for each model year; a missing rate table is zero. */
function multiplyRates(
  load: HourlyTable,
  { source, modelYears }: Context,
  loadYearOf: (year: number) => number,
): Record<HourlyRate, Float64Array> {
  const products = HOURLY_RATES.map((rate) => {
    const table = source.rates[rate];
    const sums = modelYears.map((year) => {
      return table ? 1000 * dot(nearestColumn(load, loadYearOf(year)), nearestColumn(table, year)) : 0;
    });
    return [rate, Float64Array.from(sums)] as const;
  });
  return Object.fromEntries(products) as Record<HourlyRate, Float64Array>;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function nearestColumn({ years, columns }: HourlyTable, year: number): Float64Array {
  return columns[Math.min(Math.max(year - years[0]!, 0), columns.length - 1)]!;
}

function addTables(tables: readonly HourlyTable[]): HourlyTable {
  const [first, ...others] = tables as [HourlyTable, ...HourlyTable[]];
  const columns = first.columns.map((column, at) => {
    const sum = column.slice();
    for (const other of others) {
      const added = nearestColumn(other, first.years[at]!);
      for (let hour = 0; hour < sum.length; hour++) sum[hour]! += added[hour]!;
    }
    return sum;
  });
  return { ...first, columns };
}

function reduceBuildings({ source, modelYears, dayTypesOf: typesOf }: Context) {
  const entries = CHARGER_CLASSES.flatMap((name) => {
    const table = source.buildings[name];
    if (!table) return [];
    const byCalendar = mapCalendars((kind) =>
      modelYears.map((year) => gridOf(nearestColumn(table, year), source.calendar, typesOf(year)[kind]).maxMw),
    );
    return [[name, byCalendar] as const];
  });
  return Object.fromEntries(entries);
}
