import { AppError } from "#lib/errors";
import { parseRateCsv } from "../../tariffs/parse/parse-rate-csv.ts";
import type { Tariff } from "../../tariffs/schema.ts";
import { stateAssumptions, toAssumptions, type AssumptionChanges } from "../core/assumptions.ts";
import {
  CHARGERS,
  type CaseCalendar,
  type Charger,
  type ChargerClass,
  type ChargingCase,
  type HourlyRate,
  type HourlyTable,
  type LoadProfile,
  type VehicleAdoption,
} from "../core/charging-case.ts";
import type { Horizon } from "../core/prepare-hours.ts";
import type { YearSeries } from "../core/year-series.ts";
import { CaseFolder, type CaseFiles } from "./case-files.ts";
import { parseHourlyCsv } from "./parse-hourly-csv.ts";
import { findProfileFile } from "./profile-file.ts";
import { columnOf, hasColumn, numbersOf, parseSmallTable, seriesOf, type SmallTable } from "./small-table.ts";

/** Files of what multiplies the hours' kWh; a pollutant without a file is zero. */
const RATE_FILES: Readonly<Record<HourlyRate, string>> = {
  energy: "marginal_costs/energy_mc",
  capacity: "marginal_costs/generation_mc",
  distribution: "marginal_costs/distribution_mc",
  transmission: "marginal_costs/transmission_mc",
  co2: "emissions/CO2_emissions",
  nox: "emissions/NOX_emissions",
  pm10: "emissions/PM10_emissions",
  so2: "emissions/SO2_emissions",
  voc: "emissions/VOC_emissions",
};
const REQUIRED_RATES: readonly HourlyRate[] = ["energy", "capacity", "distribution", "transmission"];
const BUILDING_FILES: Readonly<Partial<Record<ChargerClass, string>>> = {
  workplace: "building_loads/workplace_building_load",
  publicL2: "building_loads/public_building_load",
  dcfc: "building_loads/dcfc_building_load",
};
/** Sensitivity varies the lifetime, and with it the horizon, by this share. */
const LIFETIME_MARGIN = 1.2;

export interface CaseRequest {
  files: CaseFiles;
  /** Folder of config.csv, ending in a slash, or "". */
  root: string;
  name: string;
  /** Suffix of the assignment and allocation files; "" for files without one. */
  control: string;
  changes?: AssumptionChanges;
}

export interface ReadCase {
  source: ChargingCase;
  horizon: Horizon;
}

/**
 * Reads a case in the documented layout.
 * @throws AppError `unprocessable` that names the file, the place in it and what is expected.
 */
export async function readCase({ files, root, name, control, changes = {} }: CaseRequest): Promise<ReadCase> {
  const folder = new CaseFolder(files, root);
  const small = async (file: string) => parseSmallTable(await folder.readText(file));
  const config = readConfig(await small("config"));
  const horizon = horizonOf(config, changes);
  const calendar = readCalendar(await small("timesteps"));
  const planned = await planProfiles({ folder, control, small });
  const rateFiles = filesOf(RATE_FILES, folder, REQUIRED_RATES);
  const buildingFiles = filesOf(BUILDING_FILES, folder, []);
  const tables = await readHourlyTables({
    ...{ folder, horizon, calendar },
    names: [...planned.map(({ file }) => file), ...Object.values(rateFiles), ...Object.values(buildingFiles)],
  });
  const profiles = planned.map(({ file, note: _, ...profile }) => ({ ...profile, loadMw: tables.get(file)! }));
  const tariffs = await readTariffs(folder, profiles);
  const source: ChargingCase = {
    ...{ name, control, config, calendar, profiles },
    notes: planned.flatMap(({ note }) => note ?? []),
    adoption: readAdoption(await small("vehicle_adoption")),
    gasPriceUsdPerGal: seriesOf(await small("gas_prices"), "gas_price"),
    publicPorts: folder.find("ports_adoption") ? seriesOf(await small("ports_adoption"), "Ports") : null,
    rates: pickTables(rateFiles, tables),
    buildings: pickTables(buildingFiles, tables),
    ...tariffs,
  };
  return { source, horizon };
}

function readConfig(table: SmallTable): Map<string, string> {
  return new Map(table.rows.map(([attribute = "", value = ""]) => [attribute, value]));
}

function horizonOf(config: ReadonlyMap<string, string>, changes: AssumptionChanges): Horizon {
  const assumptions = toAssumptions(stateAssumptions(config, changes));
  const { firstAdoptionYear, startYear, endYear, vehicleLifetimeYears } = assumptions;
  const whole = [firstAdoptionYear, startYear, endYear, vehicleLifetimeYears].every((value) => Number.isInteger(value));
  if (!whole || firstAdoptionYear > startYear || startYear > endYear || vehicleLifetimeYears < 1) {
    throw new AppError(
      "unprocessable",
      `First adoption year ${firstAdoptionYear}, start ${startYear}, end ${endYear} and lifetime ` +
        `${vehicleLifetimeYears} must be whole and in this order.`,
    );
  }
  const lastYear = endYear + Math.ceil(LIFETIME_MARGIN * vehicleLifetimeYears) - 1;
  return { firstYear: startYear, lastYear, heldYear: endYear };
}

function readCalendar(table: SmallTable): CaseCalendar {
  const [months, days] = [numbersOf(table, columnOf(table, "Month")), numbersOf(table, columnOf(table, "DayOfMonth"))];
  const hours = numbersOf(table, columnOf(table, "Hour"));
  const wrong = hours.findIndex((hour, at) => hour !== at % 24);
  if (wrong >= 0 || hours.length % 24 !== 0) {
    const row = wrong >= 0 ? wrong + 2 : hours.length + 1;
    throw new AppError("unprocessable", `${table.fileName}, row ${row}: days of hours 0 to 23 are expected.`);
  }
  const dayCount = hours.length / 24;
  const firstHours = Array.from({ length: dayCount }, (_, day) => day * 24);
  return {
    months: Uint8Array.from(firstHours, (at) => months[at]! - 1),
    daysOfMonth: Uint8Array.from(firstHours, (at) => days[at]!),
  };
}

function checkHours(table: HourlyTable, { months }: CaseCalendar): HourlyTable {
  const expected = months.length * 24;
  if (table.hourCount === expected && table.years.length > 0) return table;
  const found = table.years.length === 0 ? "no year of the model" : `${table.hourCount} hours`;
  throw new AppError("unprocessable", `${table.fileName} has ${found}; timesteps.csv has ${expected} hours.`);
}

function readAdoption(table: SmallTable): VehicleAdoption {
  const optional = (name: string): YearSeries => {
    if (hasColumn(table, name)) return seriesOf(table, name);
    const { firstYear, values } = seriesOf(table, "BEV_population");
    return { firstYear, values: new Float64Array(values.length) };
  };
  return {
    vehicles: seriesOf(table, "total_population"),
    bevs: seriesOf(table, "BEV_population"),
    phevs: optional("PHEV_population"),
    iceMiles: seriesOf(table, "vehicle_miles_traveled"),
    bevMiles: seriesOf(table, "BEV_vmt"),
    phevMiles: optional("PHEV_vmt"),
    bevPriceUsd: seriesOf(table, "bev_price"),
    phevPriceUsd: optional("phev_price"),
    newVehicleMpg: seriesOf(table, "new_vehicle_mpg"),
  };
}

interface PlannedProfile extends Omit<LoadProfile, "loadMw"> {
  file: string;
  note?: string;
}

async function planProfiles(request: {
  folder: CaseFolder;
  control: string;
  small: (file: string) => Promise<SmallTable>;
}): Promise<PlannedProfile[]> {
  const { folder, control, small } = request;
  const suffix = control === "" ? "" : `_${control}`;
  const assignments = await small(`charger_assignments${suffix}`);
  const allocation = await small(`loadprofile_allocation${suffix}`);
  const files = folder.list("load_profiles");
  return assignments.rows.map(([name = "", charger = ""]) => {
    const { name: file, note } = findProfileFile(name, files, control);
    const planned = { name, charger: chargerOf(charger, name), allocation: sharesOf(allocation, name) };
    return { ...planned, file: `load_profiles/${file}`, ...(note === undefined ? {} : { note }) };
  });
}

function chargerOf(text: string, profile: string): Charger {
  const known = CHARGERS.find((charger) => charger === text);
  if (known) return known;
  throw new AppError("unprocessable", `${profile} has the charger "${text}"; known are ${CHARGERS.join(", ")}.`);
}

/** A profile's shares by tariff, together 1. */
function sharesOf(table: SmallTable, profile: string): LoadProfile["allocation"] {
  const row = table.rows.findIndex(([name]) => name === profile);
  if (row < 0) throw new AppError("unprocessable", `${table.fileName} has no row ${profile}.`);
  const shares = table.columns.map((_, at) => (at === 0 ? 0 : Number(table.rows[row]![at] ?? "")));
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0)) throw new AppError("unprocessable", `${table.fileName}: ${profile} is billed by no tariff.`);
  return table.columns.flatMap((tariff, at) => (shares[at]! > 0 ? [{ tariff, share: shares[at]! / total }] : []));
}

/** Files of the kinds that are there; a required one is named even when it is missing, so that reading it says so. */
function filesOf<K extends string>(
  files: Readonly<Partial<Record<K, string>>>,
  folder: CaseFolder,
  required: readonly K[],
): Partial<Record<K, string>> {
  const there = Object.entries<string | undefined>(files).filter(([key, file]) => {
    return file !== undefined && (folder.find(file) !== undefined || required.some((name) => name === key));
  });
  return Object.fromEntries(there) as Partial<Record<K, string>>;
}

function pickTables<K extends string>(
  files: Partial<Record<K, string>>,
  tables: ReadonlyMap<string, HourlyTable>,
): Partial<Record<K, HourlyTable>> {
  const picked = Object.entries<string | undefined>(files).map(([key, file]) => [key, tables.get(file ?? "")]);
  return Object.fromEntries(picked) as Partial<Record<K, HourlyTable>>;
}

/** Reads each table once. The next file is unpacked while the present one is parsed. */
async function readHourlyTables(request: {
  folder: CaseFolder;
  horizon: Horizon;
  calendar: CaseCalendar;
  names: readonly string[];
}): Promise<Map<string, HourlyTable>> {
  const { folder, horizon, calendar } = request;
  const names = [...new Set(request.names)];
  const tables = new Map<string, HourlyTable>();
  const begin = (at: number) => {
    const reading = at < names.length ? folder.read(names[at]!) : null;
    // A failure is met when its turn comes, not before.
    reading?.catch(() => undefined);
    return reading;
  };
  let next = begin(0);
  for (let at = 0; next !== null; at++) {
    const present = next;
    next = begin(at + 1);
    const { bytes, fileName } = await present;
    const table = parseHourlyCsv({ bytes, fileName, fromYear: horizon.firstYear, toYear: horizon.lastYear });
    tables.set(names[at]!, checkHours(table, calendar));
  }
  return tables;
}

async function readTariffs(folder: CaseFolder, profiles: readonly LoadProfile[]) {
  const paths = folder.rates();
  const used = new Set(profiles.flatMap(({ allocation }) => allocation.map(({ tariff }) => tariff)));
  const tariffs = new Map<string, Tariff>();
  for (const name of used) {
    const path = paths.get(name);
    if (path === undefined) {
      throw new AppError("unprocessable", `There is no tariff file "rates/${name}.csv". Add it to the case.`);
    }
    tariffs.set(name, parseRateCsv(await folder.readPath(path), path));
  }
  const escalators = new Map<string, YearSeries>();
  const escalatorPath = paths.get("Rate Escalators");
  if (escalatorPath !== undefined) {
    const table = parseSmallTable({ text: await folder.readPath(escalatorPath), fileName: escalatorPath });
    for (const name of used) if (hasColumn(table, name)) escalators.set(name, seriesOf(table, name));
  }
  return { tariffs, escalators };
}
