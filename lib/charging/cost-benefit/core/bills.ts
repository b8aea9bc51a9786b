import { cellIndex, type HourlyDemandCharge, type HourlyTariff, toHourly } from "../../tariffs/core/price-tables.ts";
import type { Tariff } from "../../tariffs/schema.ts";
import { AppError } from "#lib/errors";
import type { Assumptions } from "./assumptions.ts";
import { CHARGER_CLASSES, type ChargerClass, type ChargingCase } from "./charging-case.ts";
import type { Chargers } from "./chargers.ts";
import type { Conventions } from "./conventions.ts";
import { averageDays, type Loads, type ProfileLoads, type ScaledYear } from "./loads.ts";
import type { PreparedHours } from "./prepare-hours.ts";
import { nearestAt, valueAt } from "./year-series.ts";

const MONTHS_PER_YEAR = 12;
const DAYS_PER_YEAR = 365;
const CELLS_PER_MONTH = 24;

/** What one profile pays by one tariff, per model year. */
export interface Bill {
  profile: string;
  tariff: string;
  chargerClass: ChargerClass;
  meters: Float64Array;
  energyUsd: Float64Array;
  demandUsd: Float64Array;
  fixedUsd: Float64Array;
}

export interface BillsRequest {
  source: Pick<ChargingCase, "tariffs" | "escalators">;
  hours: PreparedHours;
  loads: Loads;
  chargers: Chargers;
  assumptions: Assumptions;
  conventions: Conventions;
  years: readonly number[];
}

/**
 * Bills of every profile under every tariff it is allocated to. A class is billed as meters of equal size.
 * @throws AppError `unprocessable` when an allocated tariff has no file.
 */
export function modelBills(request: BillsRequest): Bill[] {
  const shares = meterShares(request);
  const hourlyTariffs = new Map([...request.source.tariffs].map(([name, tariff]) => [name, toHourly(tariff)]));
  return request.loads.profiles.flatMap((load, at) =>
    load.profile.allocation.map(({ tariff: name, share }) => {
      const tariff = request.source.tariffs.get(name);
      const hourlyTariff = hourlyTariffs.get(name);
      if (tariff && hourlyTariff) {
        return billOf({ ...request, load, share, tariff, hourlyTariff, tariffName: name, meterShare: shares[at]! });
      }
      throw new AppError("unprocessable", `${load.profile.name} is billed by "${name}", and there is no such tariff.`);
    }),
  );
}

export function totalUsd({ energyUsd, demandUsd, fixedUsd }: Bill, year: number): number {
  return energyUsd[year]! + demandUsd[year]! + fixedUsd[year]!;
}

const peakOf = ({ base, scale }: ScaledYear) => base.peakMw * scale;

/** Share of the class's meters by peak: per charger type, or of all home chargers together. */
function meterShares({ loads, years, conventions }: BillsRequest): Float64Array[] {
  const groupOf = ({ profile, chargerClass }: ProfileLoads) =>
    conventions.homeMeters === "per-charger-type" ? profile.charger : chargerClass;
  const groups = Map.groupBy(loads.profiles, groupOf);
  return loads.profiles.map((load) => {
    return Float64Array.from(years, (_, i) => {
      const sum = groups.get(groupOf(load))!.reduce((total, other) => total + peakOf(other.years[i]!), 0);
      return sum > 0 ? peakOf(load.years[i]!) / sum : 0;
    });
  });
}

interface BillRequest extends BillsRequest {
  load: ProfileLoads;
  tariff: Tariff;
  hourlyTariff: HourlyTariff;
  tariffName: string;
  /** Of the profile, billed by this tariff. */
  share: number;
  meterShare: Float64Array;
}

function billOf(request: BillRequest): Bill {
  const { load, tariff, tariffName, share, years, assumptions } = request;
  const { energyPriceFactor, demandPriceFactor, fixedPriceFactor } = assumptions;
  const perYear = (valueOf: (i: number) => number) => Float64Array.from(years, (_, i) => valueOf(i));
  const escalators = request.source.escalators.get(tariffName);
  const escalator = (i: number) => (escalators ? nearestAt(escalators, years[i]!) : 1);
  const meters = perYear((i) => {
    const stock = valueAt(request.chargers.stock[load.chargerClass], years[i]!);
    return (stock * request.meterShare[i]! * share) / chargersPerMeter(load.chargerClass, assumptions);
  });
  const factor = (i: number) => share * escalator(i);
  return {
    ...{ profile: load.profile.name, tariff: tariffName, chargerClass: load.chargerClass, meters },
    energyUsd: perYear((i) => energyCost(request, i) * factor(i) * energyPriceFactor),
    demandUsd: perYear((i) => demandCost(request, i, meters[i]!) * factor(i) * demandPriceFactor),
    fixedUsd: perYear((i) => fixedPerMeter(tariff, request.conventions) * meters[i]! * escalator(i) * fixedPriceFactor),
  };
}

function chargersPerMeter(name: ChargerClass, of: Assumptions): number {
  const { homeChargersPerMeter, workChargersPerMeter, publicChargersPerMeter, dcfcChargersPerMeter } = of;
  return {
    residential: homeChargersPerMeter,
    workplace: workChargersPerMeter,
    publicL2: publicChargersPerMeter,
    dcfc: dcfcChargersPerMeter,
  }[name];
}

/** Per year. As in 2020, what a customer pays counts as paid each month, whatever its unit. */
function fixedPerMeter({ fixedCharges }: Tariff, { fixedCharges: convention }: Conventions): number {
  return fixedCharges.reduce((sum, { usd, per, basis }) => {
    const isDaily = per === "day" && (basis === "meter" || convention === "by-unit");
    return sum + usd * (isDaily ? DAYS_PER_YEAR : MONTHS_PER_YEAR);
  }, 0);
}

function energyCost({ load, hourlyTariff, hours, conventions }: BillRequest, i: number): number {
  const { base, scale } = load.years[i]!;
  const { sumMw } = base.grids[conventions.dayTypes];
  const prices = hourlyTariff.energyUsdPerKwh;
  let usdPerMw = 0;
  if (conventions.dayTypes === "profile-week") {
    for (let cell = 0; cell < prices.length; cell++) usdPerMw += sumMw[cell]! * prices[cell]!;
    return 1000 * scale * usdPerMw;
  }
  // As in 2020: every day of a month is the year's average day.
  const counts = hours.calendars[conventions.dayTypes].dayCounts[i]!;
  const averages = averageDays(sumMw, counts);
  for (let month = 0; month < counts.length; month++) {
    const dayType = month < MONTHS_PER_YEAR ? 0 : 1;
    for (let hour = 0; hour < 24; hour++) {
      usdPerMw += averages[dayType * 24 + hour]! * prices[month * CELLS_PER_MONTH + hour]! * counts[month]!;
    }
  }
  return 1000 * scale * usdPerMw;
}

function demandCost(request: BillRequest, i: number, meters: number): number {
  const { hourlyTariff, conventions, assumptions } = request;
  let usd = 0;
  for (const charge of hourlyTariff.demandCharges) {
    if (!charge.isMaximum && conventions.demandCharges === "monthly-maximum") continue;
    for (let month = 0; month < MONTHS_PER_YEAR; month++) usd += demandOfMonth({ request, charge, month, i, meters });
  }
  return usd * assumptions.demandDiversity;
}

interface DemandMonth {
  request: BillRequest;
  charge: HourlyDemandCharge;
  month: number;
  i: number;
  meters: number;
}

function demandOfMonth({ request, charge, month, i, meters }: DemandMonth): number {
  const { load, hours, conventions, share } = request;
  const { base, scale } = load.years[i]!;
  if (conventions.demandMonths === "annual-peak" && charge.isMaximum) {
    const day = Math.floor(base.peakHour / 24);
    const dayType = hours.calendars[conventions.dayTypes].dayTypes[i]![day]!;
    return charge.usdPerKw[cellIndex(dayType, month, base.peakHour % 24)]! * 1000 * base.peakMw * scale;
  }
  const grids = base.grids[conventions.dayTypes];
  const building =
    conventions.demandBasis === "with-building"
      ? hours.buildingMaxMw[load.chargerClass]?.[conventions.dayTypes][i]
      : undefined;
  return (
    1000 * scale * windowCost({ charge, month, maxMw: grids.maxMw, building, buildings: meters / (scale * share) })
  );
}

interface WindowRequest {
  charge: HourlyDemandCharge;
  month: number;
  maxMw: Float64Array;
  building: Float64Array | undefined;
  /** Meters with such a building, for the whole load at scale 1. */
  buildings: number;
}

/**
 * Hours of one price are one window: its price times the load in the hour that is billed, which is the window's
 * largest load, or with a building the load when both together are largest.
 */
function windowCost({ charge, month, maxMw, building, buildings }: WindowRequest): number {
  const best = new Map<number, { together: number; own: number }>();
  for (let dayType = 0; dayType < 2; dayType++) {
    for (let hour = 0; hour < 24; hour++) {
      const cell = cellIndex(dayType, month, hour);
      const price = charge.usdPerKw[cell]!;
      if (price === 0) continue;
      const together = maxMw[cell]! + (building ? building[cell]! * buildings : 0);
      const window = best.get(price);
      if (!window) best.set(price, { together, own: maxMw[cell]! });
      else if (together > window.together) {
        window.together = together;
        window.own = maxMw[cell]!;
      }
    }
  }
  let usdPerKw = 0;
  for (const [price, { own }] of best) usdPerKw += price * own;
  return usdPerKw;
}

/** Sum of the bills of a class, or of all, per model year. */
export function sumBills(bills: readonly Bill[], years: readonly number[], name?: ChargerClass): Float64Array {
  const counted = bills.filter(({ chargerClass }) => name === undefined || chargerClass === name);
  return Float64Array.from(years, (_, i) => counted.reduce((sum, bill) => sum + totalUsd(bill, i), 0));
}

export function billsByClass(bills: readonly Bill[], years: readonly number[]): Record<ChargerClass, Float64Array> {
  const entries = CHARGER_CLASSES.map((name) => [name, sumBills(bills, years, name)] as const);
  return Object.fromEntries(entries) as Record<ChargerClass, Float64Array>;
}
