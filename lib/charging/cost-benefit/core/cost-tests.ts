import { POLLUTANTS } from "./charging-case.ts";
import type { CaseModel } from "./model-case.ts";
import { netPresentValue, type Totals } from "./result-tables.ts";

/** The tests of the California Standard Practice Manual: who gains and who pays. */
export const COST_TESTS = {
  participant: { label: "Participant", question: "Do drivers gain?" },
  ratepayer: { label: "Ratepayer", question: "Do other customers of the utility gain?" },
  totalResource: { label: "Total resource", question: "Do drivers and utility together gain?" },
  societal: { label: "Societal", question: "Does society gain, with emissions and without transfers?" },
} as const;

export type CostTestKey = keyof typeof COST_TESTS;
export const COST_TEST_KEYS = Object.keys(COST_TESTS) as CostTestKey[];

export interface CostTestPart {
  name: string;
  side: "benefit" | "cost";
  presentValueUsd: number;
}

export interface CostTest {
  key: CostTestKey;
  benefitsUsd: number;
  costsUsd: number;
  netUsd: number;
  /** Null when nothing is paid. */
  benefitCostRatio: number | null;
  parts: CostTestPart[];
  /** Benefits minus costs, per model year, not discounted. */
  cashFlowUsd: number[];
}

type Flow = readonly [name: string, values: Float64Array];

/** Present values of what each party gains and pays. */
export function costTests(model: CaseModel, totals: Totals): CostTest[] {
  return COST_TEST_KEYS.map((key) => testOf(key, flowsOf(key, model, totals), model));
}

function flowsOf(key: CostTestKey, model: CaseModel, totals: Totals): { benefits: Flow[]; costs: Flow[] } {
  const { vehicles } = model;
  const bills: Flow = ["Utility bills", totals.bills];
  const saved: Flow[] = [
    ["Gasoline saved", vehicles.gasolineSavedUsd],
    ["Maintenance saved", vehicles.maintenanceSavedUsd],
  ];
  const credit: Flow = ["Federal tax credit", vehicles.taxCreditUsd];
  const bought: Flow[] = [
    ["Extra price of vehicles", vehicles.extraPriceUsd],
    ["Chargers", totals.chargers],
  ];
  const grid: Flow[] = [
    ["Energy and capacity", totals.supply],
    ["Transmission and distribution", totals.delivery],
  ];
  switch (key) {
    case "participant":
      return { benefits: [...saved, credit], costs: [bills, ...bought] };
    case "ratepayer":
      return { benefits: [bills], costs: grid };
    case "totalResource":
      return { benefits: [...saved, credit], costs: [...bought, ...grid] };
    case "societal": {
      const { gasolineUsd, chargingUsd } = pollutantCosts(model);
      return {
        benefits: [
          ...saved,
          ["Carbon of gasoline saved", totals.carbonSaved],
          ["Pollutants of gasoline saved", gasolineUsd],
        ],
        costs: [
          ...bought,
          ...grid,
          ["Carbon of charging", totals.carbonOfCharging],
          ["Pollutants of charging", chargingUsd],
        ],
      };
    }
  }
}

/** NOx, PM10, SO2 and VOC at their prices; CO2 has its own rows. */
function pollutantCosts({ assumptions, vehicles, supply, years }: CaseModel) {
  const perGal = {
    nox: assumptions.noxTonsPerGal,
    pm10: assumptions.pm10TonsPerGal,
    so2: assumptions.so2TonsPerGal,
    voc: assumptions.vocTonsPerGal,
  };
  const prices = {
    nox: assumptions.noxUsdPerTon,
    pm10: assumptions.pm10UsdPerTon,
    so2: assumptions.so2UsdPerTon,
    voc: assumptions.vocUsdPerTon,
  };
  const names = POLLUTANTS.filter((name) => name !== "co2");
  const sum = (valueOf: (name: (typeof names)[number], i: number) => number) =>
    Float64Array.from(years, (_, i) => names.reduce((total, name) => total + prices[name] * valueOf(name, i), 0));
  return {
    gasolineUsd: sum((name, i) => perGal[name] * vehicles.gasolineSavedGal[i]!),
    chargingUsd: sum((name, i) => supply.emissionsTons[name][i]!),
  };
}

function testOf(key: CostTestKey, flows: { benefits: Flow[]; costs: Flow[] }, model: CaseModel): CostTest {
  const { discountRate } = model.assumptions;
  const partsOf = (side: CostTestPart["side"], of: Flow[]) =>
    of.map(([name, values]) => ({ name, side, presentValueUsd: netPresentValue(values, discountRate) }));
  const [benefits, costs] = [partsOf("benefit", flows.benefits), partsOf("cost", flows.costs)];
  const total = (parts: CostTestPart[]) => parts.reduce((sum, { presentValueUsd }) => sum + presentValueUsd, 0);
  const [benefitsUsd, costsUsd] = [total(benefits), total(costs)];
  const yearly = (of: Flow[], i: number) => of.reduce((sum, [, values]) => sum + values[i]!, 0);
  return {
    ...{ key, benefitsUsd, costsUsd, netUsd: benefitsUsd - costsUsd },
    benefitCostRatio: costsUsd > 0 ? benefitsUsd / costsUsd : null,
    parts: [...benefits, ...costs],
    cashFlowUsd: model.years.map((_, i) => yearly(flows.benefits, i) - yearly(flows.costs, i)),
  };
}
