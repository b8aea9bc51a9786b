import type { CaseFiles } from "../cost-benefit/case-files/case-files.ts";

const DAYS_PER_MONTH = 7;
const HOURS = 12 * DAYS_PER_MONTH * 24;
const FIRST_LOAD_YEAR = 2020;
const LOAD_YEARS = 12;

export const SMALL_CONFIG: Readonly<Record<string, number | string>> = {
  first_adoption_year: 2020,
  start_year: 2021,
  end_year: 2024,
  bev_annual_oandm_savings: 200,
  phev_annual_oandm_savings: 100,
  vehicle_lifetime: 3,
  metrictons_CO2_per_gallon: 0.0087,
  NOX_per_gallon: 3e-6,
  gallons_per_ice_year: 2021,
  gallons_per_ice: 400,
  discount_rate: 0.05,
  inflation_rate: 0.02,
  PHEV_tax_credit: 4000,
  BEV_tax_credit: 7500,
  last_taxcredit_year: 2022,
  public_dcfc_proportion: 0.2,
  publicl2_portsperEVSE: 2,
  homel2_makeready: 1000,
  homel2_evse_cost: 500,
  homel2_reduction: 0.02,
  homel2_chrgrspermeter: 1,
  workl2_makeready: 9000,
  workl2_evse_cost: 4000,
  workl2_reduction: 0.02,
  workl2_chrgrspermeter: 5,
  workl2_cap_per_plug: 7.2,
  workl2_portsperEVSE: 2,
  publicl2_makeready: 9000,
  publicl2_evse_cost: 4000,
  publicl2_reduction: 0.02,
  publicl2_chrgrspermeter: 5,
  dcfc_makeready: 50000,
  dcfc_evse_cost: 60000,
  dcfc_reduction: 0.02,
  dcfc_chrgrspermeter: 2,
  pro_lite_EVSE_method: "TRUE",
  work_EVSE_ratio: 20,
  public_l2_EVSE_ratio: 40,
  dcfc_EVSE_ratio: 100,
  DCFC_cluster_size_per_upgrade: 2,
  DCFC_distribution_upgrade_cost: 20000,
};

const PROFILES = [
  ["Home_L1", "Residential L1", 1.0],
  ["Home_L2", "Residential L2", 2.0],
  ["Work", "Workplace L2", 0.5],
  ["Public", "Public L2", 0.25],
  ["Fast", "DCFC", 0.75],
] as const;

export interface SmallCaseChanges {
  config?: Readonly<Record<string, number | string>>;
  /** Replaces or adds a file by its path; null removes it. */
  files?: Readonly<Record<string, string | null>>;
}

/**
 * A case of the documented layout, small enough for tests: twelve months of one week, loads that grow with the
 * vehicles and are smaller on weekends. Numbers are invented.
 */
export function smallCase({ config = {}, files = {} }: SmallCaseChanges = {}): CaseFiles {
  const all = new Map<string, string>([
    ["small/config.csv", lines(["Attribute, Value"], Object.entries({ ...SMALL_CONFIG, ...config }))],
    ["small/timesteps.csv", timesteps()],
    ["small/vehicle_adoption.csv", adoption()],
    [
      "small/gas_prices.csv",
      lines(
        ["Year, gas_price"],
        years(2020, 7).map((year, i) => [year, 3 + i / 10]),
      ),
    ],
    [
      "small/ports_adoption.csv",
      lines(
        ["Year, Ports"],
        years(2020, 7).map((year, i) => [year, 20 + 4 * i]),
      ),
    ],
    [
      "small/charger_assignments_plain.csv",
      lines(
        ["Load Profile, Charger Assignment"],
        PROFILES.map(([name, charger]) => [`Base_Small_${name}_plain_load`, charger]),
      ),
    ],
    [
      "small/loadprofile_allocation_plain.csv",
      lines(
        ["Load Profile,Flat Rate,Window Rate"],
        PROFILES.map(([name]) => [`Base_Small_${name}_plain_load`, ...(name.startsWith("Home") ? [1, 0] : [1, 3])]),
      ),
    ],
    ["rates/Flat Rate.csv", tariff({ energy: () => 0.2, demand: () => 0, fixed: 0.5 })],
    [
      "rates/Window Rate.csv",
      tariff({
        energy: (hour) => (hour >= 12 && hour < 18 ? 0.3 : 0.1),
        demand: (component, hour) => (component === 1 ? 10 : component === 2 && hour >= 12 && hour < 18 ? 20 : 0),
        fixed: 1,
      }),
    ],
    ...PROFILES.map(
      ([name, , mw]) =>
        [
          `small/load_profiles/${name}_plain.csv`,
          hourly((hour, i) => loadMw(mw, hour, i), FIRST_LOAD_YEAR, LOAD_YEARS),
        ] as const,
    ),
    ...["energy", "generation", "distribution", "transmission"].map(
      (name, k) =>
        [`small/marginal_costs/${name}_mc.csv`, hourly((hour) => (k + 1) * 0.01 * (1 + (hour % 24) / 24))] as const,
    ),
    ["small/emissions/CO2_emissions.csv", hourly((hour) => (hour % 24 < 12 ? 4e-4 : 3e-4))],
    ["small/building_loads/workplace_building_load.csv", hourly((hour) => (hour % 24 === 15 ? 0.2 : 0.1))],
  ]);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) all.delete(path);
    else all.set(path, text);
  }
  return { paths: [...all.keys()], read: async (path) => new TextEncoder().encode(all.get(path)) };
}

function loadMw(mw: number, hour: number, yearIndex: number): number {
  const isWeekend = Math.floor(hour / 24) % 7 >= 5;
  const shape = 1 + Math.sin(((hour % 24) / 24) * 2 * Math.PI);
  return mw * (1 + yearIndex) * shape * (isWeekend ? 0.5 : 1);
}

function years(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

function lines(header: string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${[...header, ...rows.map((row) => row.join(","))].join("\r\n")}\r\n`;
}

function timesteps(): string {
  const rows = Array.from({ length: HOURS }, (_, hour) => {
    const day = Math.floor(hour / 24);
    return [hour, Math.floor(day / DAYS_PER_MONTH) + 1, (day % DAYS_PER_MONTH) + 1, hour % 24];
  });
  return lines(["Index, Month, DayOfMonth, Hour"], rows);
}

function adoption(): string {
  const header =
    "year, total_population, BEV_population, PHEV_population, vehicle_miles_traveled, BEV_vmt, PHEV_vmt, bev_price, phev_price, new_vehicle_mpg";
  const rows = years(2020, 5).map((year, i) => [
    year,
    10_000 + 100 * i,
    1000 * (1 + i),
    100 * (1 + i),
    12_000,
    12_000,
    6000,
    3000,
    1500,
    30 + i,
  ]);
  return lines([header], rows);
}

function hourly(valueOf: (hour: number, yearIndex: number) => number, firstYear = 2021, count = 10): string {
  const rows = Array.from({ length: HOURS }, (_, hour) => [
    hour,
    ...years(firstYear, count).map((_, i) => valueOf(hour, i)),
  ]);
  return lines([`Timestep,${years(firstYear, count).join(",")}`], rows);
}

interface TariffShape {
  energy: (hour: number) => number;
  demand: (component: number, hour: number) => number;
  fixed: number;
}

/** A tariff file in its fixed layout. */
export function tariff({ energy, demand, fixed }: TariffShape): string {
  const months = (price: number) => Array<number>(12).fill(price);
  const section = (priceOf: (component: number, hour: number) => number) =>
    [1, 2, 3, 4, 5].flatMap((component) =>
      ["workday", "non-workday"].flatMap((dayType) =>
        Array.from({ length: 24 }, (_, hour) =>
          [component, dayType, hour + 1, ...months(priceOf(component, hour))].join(","),
        ),
      ),
    );
  const header = "rate_component,daytype,hour,January,February";
  return [
    ...["Rate Attribute,Value,Unit", "name,Test", `fixed_monthly_charges,${fixed},$/meter per day`],
    ...["meter_day_charge,0.1,$/meter per day", "~~~BREAK~~~", "energy_charge,,", header],
    ...section((component, hour) => (component === 1 ? energy(hour) : 0)),
    ...["~~~BREAK~~~", "demand_charge,,", header],
    ...section(demand),
    "~~~BREAK~~~",
  ].join("\r\n");
}
