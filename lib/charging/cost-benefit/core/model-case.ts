import { toAssumptions, type Assumptions, type StatedAssumption } from "./assumptions.ts";
import { type Bill, billsByClass, modelBills, sumBills } from "./bills.ts";
import { CHARGER_CLASSES, type ChargerClass, type ChargingCase, type VehicleAdoption } from "./charging-case.ts";
import { type Chargers, modelChargers } from "./chargers.ts";
import type { Conventions } from "./conventions.ts";
import { eveningPeaks } from "./evening-peak.ts";
import { type Loads, modelLoads, shapesOf } from "./loads.ts";
import type { PreparedHours } from "./prepare-hours.ts";
import { modelStocks, type Stocks } from "./stock.ts";
import { modelSupply, type Supply } from "./supply.ts";
import { type GasolineUse, modelGasolineUse, modelVehicles, type VehicleFlows } from "./vehicles.ts";
import { scaled } from "./year-series.ts";

/** A case's model, every quantity per model year. */
export interface CaseModel {
  years: readonly number[];
  assumptions: Assumptions;
  conventions: Conventions;
  stocks: Stocks;
  vehicles: VehicleFlows;
  gasoline: GasolineUse;
  loads: Loads;
  chargers: Chargers;
  bills: Bill[];
  billsUsd: { total: Float64Array; byClass: Record<ChargerClass, Float64Array> };
  supply: Supply;
  eveningPeakMw: Float64Array;
  /** $/t; 0 where the convention is to price no carbon that the case does not price. */
  carbonUsdPerTon: number;
}

/** The case's tables without its hours. */
export type CaseTables = Pick<
  ChargingCase,
  "adoption" | "gasPriceUsdPerGal" | "publicPorts" | "tariffs" | "escalators" | "config"
>;

export interface ModelRequest {
  tables: CaseTables;
  hours: PreparedHours;
  stated: readonly StatedAssumption[];
  conventions: Conventions;
}

/** Everything that depends on assumptions: about a millisecond, so a what-if needs no hourly work. */
export function modelCase({ tables, hours, stated, conventions }: ModelRequest): CaseModel {
  const assumptions = toAssumptions(stated);
  const { startYear, endYear, vehicleLifetimeYears } = assumptions;
  const years = Array.from({ length: endYear + vehicleLifetimeYears - startYear }, (_, i) => startYear + i);
  const source = {
    ...tables,
    adoption: scaleAdoption(tables.adoption, assumptions),
    gasPriceUsdPerGal: scaled(tables.gasPriceUsdPerGal, assumptions.gasPriceFactor),
  };
  const stocks = modelStocks(source.adoption, assumptions, conventions);
  const shared = { assumptions, conventions, years };
  const loads = modelLoads({ ...shared, hours, evs: stocks.ev });
  const creditsReplacements = isOn(tables.config, "credit_to_replacements", true);
  const vehicleRequest = { ...shared, source, stocks, creditsReplacements };
  const usesRatios = isOn(tables.config, "pro_lite_EVSE_method", true);
  const chargers = modelChargers({ ...shared, evs: stocks.ev, loads, ports: tables.publicPorts, usesRatios });
  const bills = modelBills({ ...shared, source, hours, loads, chargers });
  return {
    ...shared,
    ...{ stocks, loads, chargers, bills },
    vehicles: modelVehicles(vehicleRequest),
    gasoline: modelGasolineUse(vehicleRequest),
    billsUsd: { total: sumBills(bills, years), byClass: billsByClass(bills, years) },
    supply: modelSupply({ loads, evs: stocks.ev, assumptions, years }),
    eveningPeakMw: eveningPeaks(loads, () => classShapes(loads, hours, conventions), conventions),
    carbonUsdPerTon: carbonPrice(stated, conventions),
  };
}

/** Average days and peak day of each class, MW. */
export function classShapes(
  loads: Loads,
  hours: PreparedHours,
  conventions: Conventions,
): Record<ChargerClass, Float64Array[]> {
  const entries = CHARGER_CLASSES.map((name) => {
    const profiles = loads.profiles.filter(({ chargerClass }) => chargerClass === name);
    return [name, shapesOf({ ...loads, profiles }, hours, conventions)] as const;
  });
  return Object.fromEntries(entries) as Record<ChargerClass, Float64Array[]>;
}

function scaleAdoption(adoption: VehicleAdoption, assumptions: Assumptions): VehicleAdoption {
  const { evFactor, milesFactor, mpgFactor, vehiclePriceFactor } = assumptions;
  return {
    ...adoption,
    bevs: scaled(adoption.bevs, evFactor),
    phevs: scaled(adoption.phevs, evFactor),
    iceMiles: scaled(adoption.iceMiles, milesFactor),
    bevMiles: scaled(adoption.bevMiles, milesFactor),
    phevMiles: scaled(adoption.phevMiles, milesFactor),
    newVehicleMpg: scaled(adoption.newVehicleMpg, mpgFactor),
    bevPriceUsd: scaled(adoption.bevPriceUsd, vehiclePriceFactor),
    phevPriceUsd: scaled(adoption.phevPriceUsd, vehiclePriceFactor),
  };
}

function isOn(config: ReadonlyMap<string, string>, attribute: string, usual: boolean): boolean {
  const text = config.get(attribute);
  return text === undefined ? usual : text.trim().toLowerCase() === "true";
}

function carbonPrice(stated: readonly StatedAssumption[], { carbonPrice: convention }: Conventions): number {
  const price = stated.find(({ key }) => key === "carbonUsdPerTon");
  return !price || (convention === "none" && price.origin === "default") ? 0 : price.value;
}
