import { AppError } from "#lib/errors";

interface AssumptionSpec {
  /** Name in config.csv; null for what no case file has. */
  attribute: string | null;
  label: string;
  unit: string;
  /** Used when the case has no such attribute; undefined = the case must have it. */
  fallback?: number;
  /** Where the fallback comes from. */
  source?: string;
  /** Calendar years and switches do not vary by a share of themselves. */
  isVaried?: false;
  isWhole?: true;
  /** Divides something, so it must not be 0. */
  isPositive?: true;
}

const ONE = { attribute: null, unit: "× the case's", fallback: 1, source: "As in the case's tables" } as const;
const MODEL = "Constant of the original model";

/** Every assumption of a case, in the order of the page. */
export const ASSUMPTIONS = {
  firstAdoptionYear: { attribute: "first_adoption_year", label: "First adoption year", unit: "year", isVaried: false },
  startYear: { attribute: "start_year", label: "First model year", unit: "year", isVaried: false },
  endYear: { attribute: "end_year", label: "Last adoption year", unit: "year", isVaried: false },
  vehicleLifetimeYears: {
    attribute: "vehicle_lifetime",
    label: "Vehicle lifetime",
    unit: "years",
    isWhole: true,
    isPositive: true,
  },
  discountRate: { attribute: "discount_rate", label: "Discount rate", unit: "per year" },
  inflationRate: { attribute: "inflation_rate", label: "Inflation", unit: "per year" },
  bevMaintenanceUsdPerYear: {
    attribute: "bev_annual_oandm_savings",
    label: "Maintenance saved per BEV",
    unit: "$/year",
  },
  phevMaintenanceUsdPerYear: {
    attribute: "phev_annual_oandm_savings",
    label: "Maintenance saved per PHEV",
    unit: "$/year",
  },
  bevTaxCreditUsd: { attribute: "BEV_tax_credit", label: "Tax credit per BEV", unit: "$" },
  phevTaxCreditUsd: { attribute: "PHEV_tax_credit", label: "Tax credit per PHEV", unit: "$" },
  lastTaxCreditYear: { attribute: "last_taxcredit_year", label: "Last tax credit year", unit: "year", isVaried: false },
  taxCreditDeflation: { attribute: null, label: "Tax credit loses", unit: "per year", fallback: 0.022, source: MODEL },
  co2TonsPerGal: { attribute: "metrictons_CO2_per_gallon", label: "CO2 of gasoline", unit: "t/gal" },
  noxTonsPerGal: { attribute: "NOX_per_gallon", label: "NOx of gasoline", unit: "t/gal", fallback: 0 },
  pm10TonsPerGal: { attribute: "PM_10_per_gallon", label: "PM10 of gasoline", unit: "t/gal", fallback: 0 },
  so2TonsPerGal: { attribute: "SO2_per_gallon", label: "SO2 of gasoline", unit: "t/gal", fallback: 0 },
  vocTonsPerGal: { attribute: "VOC_per_gallon", label: "VOC of gasoline", unit: "t/gal", fallback: 0 },
  gasolineFromYear: {
    attribute: "gallons_per_ice_year",
    label: "Gasoline use from",
    unit: "year",
    isVaried: false,
  },
  gallonsPerIceYear: { attribute: "gallons_per_ice", label: "Gasoline per gasoline car", unit: "gal/year" },
  btuPerGal: { attribute: null, label: "Energy of gasoline", unit: "Btu/gal", fallback: 120_476, source: MODEL },
  carbonUsdPerTon: {
    attribute: "carbon_cost",
    label: "Price of CO2",
    unit: "$/t",
    fallback: 51,
    source: "US Interagency Working Group, February 2021: social cost of carbon for 2020 at 3 %",
  },
  noxUsdPerTon: { attribute: "nox_cost", label: "Price of NOx", unit: "$/t", fallback: 0, source: "Not priced" },
  pm10UsdPerTon: { attribute: "pm10_cost", label: "Price of PM10", unit: "$/t", fallback: 0, source: "Not priced" },
  so2UsdPerTon: { attribute: "so2_cost", label: "Price of SO2", unit: "$/t", fallback: 0, source: "Not priced" },
  vocUsdPerTon: { attribute: "voc_cost", label: "Price of VOC", unit: "$/t", fallback: 0, source: "Not priced" },
  homeMakeReadyUsd: { attribute: "homel2_makeready", label: "Home charger, make-ready", unit: "$" },
  homeEvseUsd: { attribute: "homel2_evse_cost", label: "Home charger", unit: "$" },
  homeReduction: { attribute: "homel2_reduction", label: "Home charger gets cheaper", unit: "per year" },
  homeChargersPerMeter: {
    attribute: "homel2_chrgrspermeter",
    label: "Home chargers per meter",
    unit: "chargers",
    isPositive: true,
  },
  workMakeReadyUsd: { attribute: "workl2_makeready", label: "Workplace charger, make-ready", unit: "$" },
  workEvseUsd: { attribute: "workl2_evse_cost", label: "Workplace charger", unit: "$" },
  workReduction: { attribute: "workl2_reduction", label: "Workplace charger gets cheaper", unit: "per year" },
  workChargersPerMeter: {
    attribute: "workl2_chrgrspermeter",
    label: "Workplace chargers per meter",
    unit: "chargers",
    isPositive: true,
  },
  workKwPerPlug: {
    attribute: "workl2_cap_per_plug",
    label: "Workplace plug",
    unit: "kW",
    fallback: 7.2,
    isPositive: true,
  },
  workPortsPerEvse: {
    attribute: "workl2_portsperEVSE",
    label: "Workplace ports per charger",
    unit: "ports",
    isPositive: true,
  },
  publicMakeReadyUsd: { attribute: "publicl2_makeready", label: "Public charger, make-ready", unit: "$" },
  publicEvseUsd: { attribute: "publicl2_evse_cost", label: "Public charger", unit: "$" },
  publicReduction: { attribute: "publicl2_reduction", label: "Public charger gets cheaper", unit: "per year" },
  publicChargersPerMeter: {
    attribute: "publicl2_chrgrspermeter",
    label: "Public chargers per meter",
    unit: "chargers",
    isPositive: true,
  },
  publicPortsPerEvse: {
    attribute: "publicl2_portsperEVSE",
    label: "Public ports per charger",
    unit: "ports",
    isPositive: true,
  },
  publicDcfcShare: { attribute: "public_dcfc_proportion", label: "Fast chargers among public ports", unit: "share" },
  dcfcMakeReadyUsd: { attribute: "dcfc_makeready", label: "Fast charger, make-ready", unit: "$" },
  dcfcEvseUsd: { attribute: "dcfc_evse_cost", label: "Fast charger", unit: "$" },
  dcfcReduction: { attribute: "dcfc_reduction", label: "Fast charger gets cheaper", unit: "per year" },
  dcfcChargersPerMeter: {
    attribute: "dcfc_chrgrspermeter",
    label: "Fast chargers per meter",
    unit: "chargers",
    isPositive: true,
  },
  dcfcPerUpgrade: {
    attribute: "DCFC_cluster_size_per_upgrade",
    label: "Fast chargers per grid upgrade",
    unit: "chargers",
    isPositive: true,
  },
  dcfcUpgradeUsd: { attribute: "DCFC_distribution_upgrade_cost", label: "Grid upgrade for fast chargers", unit: "$" },
  evsPerWorkCharger: {
    attribute: "work_EVSE_ratio",
    label: "EVs per workplace charger",
    unit: "EVs",
    isPositive: true,
  },
  evsPerPublicCharger: {
    attribute: "public_l2_EVSE_ratio",
    label: "EVs per public charger",
    unit: "EVs",
    isPositive: true,
  },
  evsPerDcfc: { attribute: "dcfc_EVSE_ratio", label: "EVs per fast charger", unit: "EVs", isPositive: true },
  evFactor: { ...ONE, label: "Electric vehicles", isPositive: true },
  loadFactor: { ...ONE, label: "Charging per vehicle" },
  vehiclePriceFactor: { ...ONE, label: "Extra price of electric vehicles" },
  milesFactor: { ...ONE, label: "Miles driven" },
  mpgFactor: { ...ONE, label: "Economy of gasoline cars", isPositive: true },
  gasPriceFactor: { ...ONE, label: "Gasoline price" },
  energyPriceFactor: { ...ONE, label: "Energy prices of tariffs" },
  demandPriceFactor: { ...ONE, label: "Demand prices of tariffs" },
  fixedPriceFactor: { ...ONE, label: "Fixed charges of tariffs" },
  demandDiversity: {
    attribute: null,
    label: "Sum of meters' peaks to the class's peak",
    unit: "×",
    fallback: 1,
    source: "No data: the class is billed as one meter",
  },
  energyCostFactor: { ...ONE, label: "Marginal energy cost" },
  capacityCostFactor: { ...ONE, label: "Marginal capacity cost" },
  distributionCostFactor: { ...ONE, label: "Marginal distribution cost" },
  transmissionCostFactor: { ...ONE, label: "Marginal transmission cost" },
  gridEmissionFactor: { ...ONE, label: "Emissions of the grid" },
} as const satisfies Record<string, AssumptionSpec>;

export type AssumptionKey = keyof typeof ASSUMPTIONS;
export type Assumptions = Record<AssumptionKey, number>;

export const ASSUMPTION_KEYS = Object.keys(ASSUMPTIONS) as AssumptionKey[];

export function specOf(key: AssumptionKey): AssumptionSpec {
  return ASSUMPTIONS[key];
}

export type AssumptionOrigin = "case" | "default" | "changed";

/** An assumption as a page lists it. */
export interface StatedAssumption {
  key: AssumptionKey;
  label: string;
  unit: string;
  value: number;
  origin: AssumptionOrigin;
  source: string;
}

export type AssumptionChanges = Partial<Record<AssumptionKey, number | undefined>>;

/**
 * The case's config.csv, what it leaves out, and what the caller changes, in rising order of right.
 * @throws AppError `unprocessable` naming the attribute that is missing or no number.
 */
export function stateAssumptions(
  config: ReadonlyMap<string, string>,
  changes: AssumptionChanges = {},
): StatedAssumption[] {
  return ASSUMPTION_KEYS.map((key) => {
    const { attribute, label, unit, fallback, source } = specOf(key);
    const shared = { key, label, unit };
    const changed = changes[key];
    if (changed !== undefined) return { ...shared, value: changed, origin: "changed", source: "Given with this run" };
    const text = attribute === null ? undefined : config.get(attribute);
    if (attribute !== null && text !== undefined) {
      return { ...shared, value: numberOf(attribute, text), origin: "case", source: `config.csv, ${attribute}` };
    }
    if (fallback === undefined) throw new AppError("unprocessable", `config.csv has no attribute ${attribute}.`);
    return { ...shared, value: fallback, origin: "default", source: source ?? "Not in config.csv: 0" };
  });
}

export function toAssumptions(stated: readonly StatedAssumption[]): Assumptions {
  return Object.fromEntries(stated.map(({ key, value }) => [key, value])) as Assumptions;
}

function numberOf(attribute: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new AppError("unprocessable", `config.csv: ${attribute} is "${text}", which is not a number.`);
}
