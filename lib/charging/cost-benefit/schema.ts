import { z } from "zod";
import { ASSUMPTION_KEYS, type AssumptionKey, specOf } from "./core/assumptions.ts";
import { CHARGER_CLASSES } from "./core/charging-case.ts";
import { CONVENTION_KEYS, CONVENTIONS, type ConventionKey, type Conventions, PRESETS } from "./core/conventions.ts";
import { COST_TEST_KEYS } from "./core/cost-tests.ts";
import { SHAPES } from "./core/loads.ts";

/** Empty = what the case says, or the documented default. */
function assumptionParam(key: AssumptionKey) {
  const { attribute, label, unit, isPositive, isWhole, fallback } = specOf(key);
  const isYear = unit === "year";
  const whole = isYear || isWhole === true ? z.number().int() : z.number();
  const limited = isYear ? whole.min(1990).max(2100) : isPositive ? whole.gt(0) : whole.min(0);
  const usual = attribute === null ? `Empty: ${fallback}` : `Empty: ${attribute} of config.csv`;
  return limited
    .nullable()
    .default(null)
    .meta({ label, unit, hint: `${usual}.` });
}

function conventionParam(key: ConventionKey) {
  const { label, defect, values } = CONVENTIONS[key];
  return z
    .enum(values as readonly string[] as [string, ...string[]])
    .nullable()
    .default(null)
    .meta({ label, hint: `Empty: as the preset. ${values[0]} is as in 2020: ${defect}` });
}

type AssumptionParams = Record<AssumptionKey, z.ZodDefault<z.ZodNullable<z.ZodNumber>>>;
type ConventionParams = Record<ConventionKey, z.ZodDefault<z.ZodNullable<z.ZodString>>>;

const assumptionParams = Object.fromEntries(
  ASSUMPTION_KEYS.map((key) => [key, assumptionParam(key)]),
) as unknown as AssumptionParams;
const conventionParams = Object.fromEntries(
  CONVENTION_KEYS.map((key) => [key, conventionParam(key)]),
) as unknown as ConventionParams;

export const costBenefitParams = z.object({
  preset: z.enum(PRESETS).default("corrected").meta({
    label: "Conventions",
    hint: "corrected mends the known defects of the tool of 2020; script-2020 reproduces its tables.",
  }),
  control: z.string().max(60).nullable().default(null).meta({
    label: "Control",
    hint: "End of the names charger_assignments_….csv. Empty: uncontrolled, or the only one.",
  }),
  compareWith: z.string().max(60).nullable().default(null).meta({
    label: "Compare with control",
    hint: "Another control of the same case. Empty: none.",
  }),
  ...assumptionParams,
  ...conventionParams,
});
export type CostBenefitParams = z.output<typeof costBenefitParams>;

export const costBenefitInputs = z.object({
  uploadId: z.uuid().meta({
    label: "Case",
    hint: "A zip: the case's folder with config.csv, and the folder rates with its tariffs.",
    refersTo: { to: "upload", kinds: ["charging-case"] },
  }),
});
export type CostBenefitInputs = z.output<typeof costBenefitInputs>;

const numbers = z.array(z.number());
const money = z.record(z.enum(COST_TEST_KEYS), z.number());
const row = z.object({ name: z.string(), unit: z.string(), firstYear: z.number().int(), values: numbers });
const rowDifference = z.object({
  table: z.string(),
  name: z.string(),
  unit: z.string(),
  script2020: z.number(),
  run: z.number(),
});

export const costBenefitResult = z.object({
  caseName: z.string(),
  control: z.string(),
  years: z.array(z.number().int()),
  notes: z.array(z.string()),
  assumptions: z.array(
    z.object({
      key: z.enum(ASSUMPTION_KEYS),
      label: z.string(),
      unit: z.string(),
      value: z.number(),
      origin: z.enum(["case", "default", "changed"]),
      source: z.string(),
    }),
  ),
  conventions: z.record(z.enum(CONVENTION_KEYS), z.string()),
  /** Rows by the names of the tables of 2020. */
  summary: z.array(row),
  annualResults: z.array(row),
  npvResults: z.array(z.object({ name: z.string(), unit: z.string(), value: z.number() })),
  emissions: z.array(row),
  gasolineConsumption: z.array(row),
  loadProfiles: z.array(
    z.object({
      name: z.string(),
      firstYear: z.number().int(),
      rows: z.array(z.object({ type: z.enum(SHAPES), hour: z.number().int(), valuesMw: numbers })),
    }),
  ),
  bills: z.array(
    z.object({
      profile: z.string(),
      tariff: z.string(),
      chargerClass: z.enum(CHARGER_CLASSES),
      meters: numbers,
      energyUsd: numbers,
      demandUsd: numbers,
      fixedUsd: numbers,
    }),
  ),
  /** Charging per electric vehicle and year. */
  energyPerVehicleKwh: numbers,
  tests: z.array(
    z.object({
      key: z.enum(COST_TEST_KEYS),
      benefitsUsd: z.number(),
      costsUsd: z.number(),
      netUsd: z.number(),
      benefitCostRatio: z.number().nullable(),
      parts: z.array(z.object({ name: z.string(), side: z.enum(["benefit", "cost"]), presentValueUsd: z.number() })),
      cashFlowUsd: numbers,
    }),
  ),
  sensitivity: z.array(
    z.object({
      key: z.enum(ASSUMPTION_KEYS),
      label: z.string(),
      unit: z.string(),
      value: z.number(),
      low: z.number(),
      high: z.number(),
      lowNetUsd: money,
      highNetUsd: money,
    }),
  ),
  differences: z.object({
    rows: z.array(rowDifference),
    conventions: z.array(
      z.object({
        key: z.enum(CONVENTION_KEYS),
        label: z.string(),
        defect: z.string(),
        used: z.string(),
        script2020: z.string(),
        netChangeUsd: money,
        largest: rowDifference.nullable(),
        changedRows: z.number().int(),
      }),
    ),
  }),
  /** Present values of the other control, when one was named. */
  comparison: z
    .object({
      control: z.string(),
      rows: z.array(z.object({ name: z.string(), unit: z.string(), run: z.number(), other: z.number() })),
    })
    .nullable(),
});
export type CostBenefitResult = z.output<typeof costBenefitResult>;

/** The assumptions that a run changes. */
export function changesOf(params: CostBenefitParams): Partial<Record<AssumptionKey, number>> {
  const given = ASSUMPTION_KEYS.flatMap((key) => {
    const value = params[key];
    return value === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries(given);
}

/** The preset's conventions with those that a run names itself. */
export function chosenConventions(params: CostBenefitParams, preset: Conventions): Conventions {
  const given = CONVENTION_KEYS.flatMap((key) => (params[key] === null ? [] : [[key, params[key]] as const]));
  return { ...preset, ...(Object.fromEntries(given) as Partial<Conventions>) };
}
