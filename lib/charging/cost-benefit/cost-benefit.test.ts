import { describe, expect, it } from "vitest";
import { messageOf } from "#lib/errors";
import { smallCase, type SmallCaseChanges } from "../testing/small-case.ts";
import { readCase } from "./case-files/read-case.ts";
import { type AssumptionChanges, stateAssumptions } from "./core/assumptions.ts";
import { type Conventions, conventionsOf, type Preset } from "./core/conventions.ts";
import { evaluateCase, type EvaluationRequest } from "./core/evaluate-case.ts";
import { listDifferences } from "./core/differences.ts";
import { prepareHours } from "./core/prepare-hours.ts";
import { netPresentValue } from "./core/result-tables.ts";
import { analyseSensitivity } from "./core/sensitivity.ts";
import { valueAt } from "./core/year-series.ts";

interface Wanted extends SmallCaseChanges {
  preset?: Preset;
  conventions?: Partial<Conventions>;
  changes?: AssumptionChanges;
}

async function requestOf(wanted: Wanted = {}): Promise<EvaluationRequest> {
  const { preset = "corrected", conventions = {}, changes = {} } = wanted;
  const { source, horizon } = await readCase({
    ...{ files: smallCase(wanted), root: "small/", name: "small", control: "plain", changes },
  });
  return {
    ...{ tables: source, hours: prepareHours(source, horizon), stated: stateAssumptions(source.config, changes) },
    conventions: { ...conventionsOf(preset), ...conventions },
  };
}

const evaluated = async (wanted: Wanted = {}) => evaluateCase(await requestOf(wanted));
const rowOf = (rows: readonly { name: string; values: number[] }[], name: string) =>
  rows.find((row) => row.name === name)?.values ?? [];
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe("stock", () => {
  it("conserves vehicles: the population is what was there, plus what was sold, minus what retired", async () => {
    const { model } = await evaluated();
    const { population, sales, replacements } = model.stocks.ev;
    for (let year = 2021; year <= 2024; year++) {
      const grown = valueAt(population, year - 1) + valueAt(sales, year) - valueAt(replacements, year);
      expect(valueAt(population, year)).toBeCloseTo(grown, 9);
    }
  });

  it("runs off to nothing a lifetime after the last sale when the first stock retires", async () => {
    const { model } = await evaluated();
    const { population, sales } = model.stocks.ev;
    expect(valueAt(population, 2026) - valueAt(sales, 2024)).toBeCloseTo(0, 9);
  });

  it("keeps the first stock forever in 2020's convention", async () => {
    const { model } = await evaluated({ preset: "script-2020" });
    const { population, sales } = model.stocks.ev;
    expect(valueAt(population, 2026) - valueAt(sales, 2024)).toBeCloseTo(1100, 9);
  });
});

describe("loads and bills", () => {
  it("bills a flat tariff at energy times price, whatever the calendar", async () => {
    for (const preset of ["script-2020", "corrected"] as const) {
      const { model } = await evaluated({ preset });
      const home = model.bills.findIndex(({ profile }) => profile.includes("Home_L1"));
      const energyKwh = 1000 * model.loads.profiles[0]!.energyMwh[0]!;
      expect(model.bills[home]!.energyUsd[0]).toBeCloseTo(energyKwh * 0.2, 4);
    }
  });

  it("splits a profile over tariffs by its shares", async () => {
    const { model } = await evaluated({ preset: "script-2020" });
    const [flat, windows] = model.bills.filter(({ profile }) => profile.includes("Fast"));
    expect(windows!.meters[0]! / flat!.meters[0]!).toBeCloseTo(3, 9);
    const energyKwh = 1000 * model.loads.profiles[4]!.energyMwh[0]!;
    expect(flat!.energyUsd[0]).toBeCloseTo(0.25 * energyKwh * 0.2, 4);
  });

  it("bills every demand window on its own largest load", async () => {
    const shared = { files: { "small/building_loads/workplace_building_load.csv": null } };
    const maximum = await evaluated({ ...shared, conventions: { demandCharges: "monthly-maximum" } });
    const all = await evaluated(shared);
    const billOf = ({ model }: typeof all) =>
      model.bills.find(({ profile, tariff }) => profile.includes("Fast") && tariff === "Window Rate")!;
    const peakKw = (shape: number) => 0.75 * 1000 * 0.75 * 2 * shape;
    expect(billOf(maximum).demandUsd[0]).toBeCloseTo(12 * 10 * peakKw(2), 6);
    // The window from 12 to 18 h has its largest load in its first hour.
    expect(billOf(all).demandUsd[0]).toBeCloseTo(12 * (10 * peakKw(2) + 20 * peakKw(1)), 6);
  });

  it("bills the load at the building's peak when both stand behind one meter", async () => {
    const alone = await evaluated({ conventions: { demandBasis: "own-peak" } });
    const together = await evaluated();
    const demand = ({ model }: typeof alone) =>
      model.bills.find(({ profile, tariff }) => profile.includes("Work") && tariff === "Window Rate")!.demandUsd[0]!;
    expect(demand(together)).toBeGreaterThan(0);
    expect(demand(together)).toBeLessThan(demand(alone));
  });

  it("charges fixed charges per day when the tariff says so", async () => {
    const { model } = await evaluated();
    const [bill] = model.bills;
    expect(bill!.fixedUsd[0]! / bill!.meters[0]!).toBeCloseTo(365 * 0.6, 9);
  });

  it("counts every home meter once", async () => {
    const { model } = await evaluated();
    const homes = model.bills.filter(({ chargerClass }) => chargerClass === "residential");
    expect(sum(homes.map(({ meters }) => meters[0]!))).toBeCloseTo(valueAt(model.chargers.stock.residential, 2021), 6);
    const as2020 = await evaluated({ preset: "script-2020" });
    const twice = as2020.model.bills.filter(({ chargerClass }) => chargerClass === "residential");
    expect(sum(twice.map(({ meters }) => meters[0]!))).toBeCloseTo(
      2 * valueAt(model.chargers.stock.residential, 2021),
      6,
    );
  });

  it("keeps the charging per vehicle constant in the run-off", async () => {
    const { model } = await evaluated();
    const perVehicle = (i: number) =>
      sum(model.loads.profiles.map(({ energyMwh }) => energyMwh[i]!)) / valueAt(model.stocks.ev.population, 2021 + i);
    expect(perVehicle(5)).toBeCloseTo(perVehicle(3), 9);
  });
});

describe("tables and tests", () => {
  it("adds up: classes to bills, parts to supply, components to tests", async () => {
    for (const preset of ["script-2020", "corrected"] as const) {
      const { annual, npv, tests } = await evaluated({ preset });
      const classes = ["res", "work", "pub L2", "DCFC"].map((name) => rowOf(annual, `Utility Bills (${name})`));
      rowOf(annual, "Utility Bills").forEach((bill, i) => {
        expect(bill).toBeCloseTo(sum(classes.map((values) => values[i]!)), 4);
      });
      const valueOf = (name: string) => npv.find((row) => row.name === name)!.value;
      expect(valueOf("Total Energy Supply Cost")).toBeCloseTo(
        valueOf("Energy Cost") + valueOf("Generation Capacity Cost"),
        4,
      );
      const net = (key: string) => tests.find((test) => test.key === key)!.netUsd;
      expect(net("participant") + net("ratepayer")).toBeCloseTo(net("totalResource"), 4);
      expect(net("ratepayer")).toBeCloseTo(
        valueOf("Utility Bills") - valueOf("Total Energy Supply Cost") - valueOf("Transmission and Distribution Cost"),
        4,
      );
    }
  });

  it("multiplies marginal costs hour by hour", async () => {
    const { model } = await evaluated();
    const { supply } = model;
    expect(supply.capacityUsd[0]! / supply.energyUsd[0]!).toBeCloseTo(2, 9);
    expect(supply.transmissionUsd[0]! / supply.energyUsd[0]!).toBeCloseTo(4, 9);
  });

  it("discounts from the second year on", () => {
    expect(netPresentValue([1, 1, 1], 0.1)).toBeCloseTo(1 + 1 / 1.1 + 1 / 1.21, 12);
    expect(netPresentValue([], 0.1)).toBe(0);
  });

  it("prices carbon only where a price is given or the convention says so", async () => {
    const row = "Net Carbon Emission Savings Associated with EV Adoption ($)";
    expect(rowOf((await evaluated({ preset: "script-2020" })).annual, row).every((value) => value === 0)).toBe(true);
    expect(rowOf((await evaluated()).annual, row)[0]).not.toBe(0);
    const priced = await evaluated({ preset: "script-2020", config: { carbon_cost: 10 } });
    expect(rowOf(priced.annual, row)[0]).not.toBe(0);
  });

  it("leaves every number finite when no vehicle is electric", async () => {
    const text = "year,total_population,BEV_population,vehicle_miles_traveled,BEV_vmt,bev_price,new_vehicle_mpg\n";
    const rows = [2020, 2021, 2022, 2023, 2024].map((year) => `${year},1000,0,12000,12000,1000,30`).join("\n");
    const { annual } = await evaluated({
      preset: "script-2020",
      files: { "small/vehicle_adoption.csv": text + rows },
    });
    expect(rowOf(annual, "Vehicle sales").every((value) => value === 0)).toBe(true);
    expect(annual.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  });
});

describe("what-ifs", () => {
  it("answers from prepared hours as a full run would", async () => {
    const request = await requestOf();
    const changes = { discountRate: 0.08, gasPriceFactor: 1.5, bevTaxCreditUsd: 0 };
    const stated = request.stated.map((one) => ({
      ...one,
      value: (changes as Record<string, number>)[one.key] ?? one.value,
    }));
    const whatIf = evaluateCase({ ...request, stated });
    expect(whatIf.npv).toEqual((await evaluated({ changes })).npv);
  });

  it("moves every amount by a fifth, years not at all, lifetimes in whole years", async () => {
    const sensitivity = analyseSensitivity(await requestOf());
    const of = (key: string) => sensitivity.find((one) => one.key === key);
    expect(of("discountRate")?.low).toBeCloseTo(0.04, 12);
    expect(of("discountRate")?.high).toBeCloseTo(0.06, 12);
    expect(of("endYear")).toBeUndefined();
    expect(of("vehicleLifetimeYears")).toMatchObject({ low: 2, high: 4 });
    const net = of("gasPriceFactor")!;
    expect(net.highNetUsd.participant).toBeGreaterThan(net.lowNetUsd.participant);
    expect(net.highNetUsd.ratepayer).toBe(net.lowNetUsd.ratepayer);
  });

  it("says nothing differs when the run is as in 2020", async () => {
    const request = await requestOf({ preset: "script-2020" });
    const { rows, conventions } = listDifferences(request, evaluateCase(request));
    expect(rows.every(({ run, script2020 }) => run === script2020)).toBe(true);
    expect(conventions.every(({ changedRows, largest }) => changedRows === 0 && largest === null)).toBe(true);
  });

  it("names what each convention changes", async () => {
    const request = await requestOf();
    const { conventions } = listDifferences(request, evaluateCase(request));
    const of = (key: string) => conventions.find((one) => one.key === key)!;
    expect(of("gasolineEnergy").largest?.name).toBe("Gasoline Consumption (MMBTU)");
    expect(of("fixedCharges").netChangeUsd.participant).toBeLessThan(0);
    expect(of("fixedCharges").netChangeUsd.totalResource).toBe(0);
  });
});

describe("errors", () => {
  const refusal = (wanted: Wanted) => requestOf(wanted).then(() => "", messageOf);

  it("names the file, the place and what is expected", async () => {
    expect(await refusal({ files: { "small/timesteps.csv": null } })).toContain("timesteps.csv");
    expect(await refusal({ files: { "small/marginal_costs/energy_mc.csv": null } })).toContain("energy_mc.csv");
    expect(await refusal({ files: { "rates/Flat Rate.csv": null } })).toContain("rates/Flat Rate.csv");
    expect(await refusal({ files: { "small/load_profiles/Fast_plain.csv": null } })).toContain(
      "Base_Small_Fast_plain_load",
    );
    expect(await refusal({ files: { "small/gas_prices.csv": "Year,gas_price\n2021,3\n2022,x\n" } })).toContain(
      'row 3, gas_price: "x" is not a number',
    );
    expect(await refusal({ files: { "small/emissions/CO2_emissions.csv": "Timestep,2021,2022\n0,1,1\n" } })).toContain(
      "CO2_emissions.csv has 1 hours",
    );
    expect(await refusal({ config: { discount_rate: "much" } })).toContain("discount_rate");
    expect(await refusal({ config: { end_year: 2010 } })).toContain("end 2010");
  });
});
