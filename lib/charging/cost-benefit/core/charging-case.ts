import type { Tariff } from "../../tariffs/schema.ts";
import type { YearSeries } from "./year-series.ts";

/** One value per hour of a year of 365 days, for some years; column i belongs to `years[i]`, which rise by one. */
export interface HourlyTable {
  fileName: string;
  hourCount: number;
  years: readonly number[];
  columns: readonly Float64Array[];
}

export const CHARGERS = ["Residential L1", "Residential L2", "Workplace L2", "Public L2", "DCFC"] as const;
export type Charger = (typeof CHARGERS)[number];

/** Customer classes of bills and load tables. */
export const CHARGER_CLASSES = ["residential", "workplace", "publicL2", "dcfc"] as const;
export type ChargerClass = (typeof CHARGER_CLASSES)[number];

export const CLASS_OF_CHARGER: Readonly<Record<Charger, ChargerClass>> = {
  "Residential L1": "residential",
  "Residential L2": "residential",
  "Workplace L2": "workplace",
  "Public L2": "publicL2",
  DCFC: "dcfc",
};

export const MARGINAL_COSTS = ["energy", "capacity", "distribution", "transmission"] as const;
export type MarginalCost = (typeof MARGINAL_COSTS)[number];
export const POLLUTANTS = ["co2", "nox", "pm10", "so2", "voc"] as const;
export type Pollutant = (typeof POLLUTANTS)[number];

/** What multiplies an hour's kWh: $/kWh of each marginal cost, metric tons/kWh of each pollutant. */
export const HOURLY_RATES = [...MARGINAL_COSTS, ...POLLUTANTS] as const;
export type HourlyRate = (typeof HOURLY_RATES)[number];

export interface VehicleAdoption {
  /** All light-duty vehicles. */
  vehicles: YearSeries;
  bevs: YearSeries;
  phevs: YearSeries;
  /** Miles a year of a gasoline car, and the electric miles that replace them. */
  iceMiles: YearSeries;
  bevMiles: YearSeries;
  phevMiles: YearSeries;
  /** What the electric car costs more. */
  bevPriceUsd: YearSeries;
  phevPriceUsd: YearSeries;
  newVehicleMpg: YearSeries;
}

export interface LoadProfile {
  name: string;
  charger: Charger;
  loadMw: HourlyTable;
  /** Shares of the profile by tariff, together 1; tariffs without a share are left out. */
  allocation: readonly { tariff: string; share: number }[];
}

export interface CaseCalendar {
  /** Month (0 to 11) and day of month (1 to 31) of each day of the year. */
  months: Uint8Array;
  daysOfMonth: Uint8Array;
}

/** Everything a case's files say, as numbers. */
export interface ChargingCase {
  name: string;
  control: string;
  /** Attributes of config.csv by their name there. */
  config: ReadonlyMap<string, string>;
  adoption: VehicleAdoption;
  gasPriceUsdPerGal: YearSeries;
  publicPorts: YearSeries | null;
  calendar: CaseCalendar;
  profiles: readonly LoadProfile[];
  /** Missing tables (pollutants without a file) count as zero. */
  rates: Readonly<Partial<Record<HourlyRate, HourlyTable>>>;
  /** Load of the building behind one meter, MW. */
  buildings: Readonly<Partial<Record<ChargerClass, HourlyTable>>>;
  tariffs: ReadonlyMap<string, Tariff>;
  escalators: ReadonlyMap<string, YearSeries>;
  /** What was assumed where a file is absent, for people. */
  notes: readonly string[];
}
