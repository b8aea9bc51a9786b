import { z } from "zod";
import { AppError } from "#lib/errors";
import { periodsOfTable } from "../core/periods-of-table.ts";
import { CELL_COUNT, cellIndex } from "../core/price-tables.ts";
import type { DemandCharge, FixedCharge, Tariff } from "../schema.ts";

const schedule = z.array(z.array(z.int().min(0)).length(24)).length(12);
const structure = z
  .array(z.array(z.object({ rate: z.number().optional(), adj: z.number().optional() })).min(1))
  .optional();

/** A rate of the Utility Rate Database (openei.org), as its API and downloads have it. */
const openEiRate = z.object({
  name: z.string(),
  utility: z.string().default(""),
  description: z.string().optional(),
  source: z.string().optional(),
  uri: z.string().optional(),
  startdate: z.number().optional(),
  energyratestructure: structure.unwrap(),
  energyweekdayschedule: schedule,
  energyweekendschedule: schedule,
  demandratestructure: structure,
  demandweekdayschedule: schedule.optional(),
  demandweekendschedule: schedule.optional(),
  flatdemandstructure: structure,
  flatdemandmonths: z.array(z.int().min(0)).length(12).optional(),
  fixedchargefirstmeter: z.number().optional(),
  fixedchargeunits: z.string().optional(),
});
type OpenEiRate = z.output<typeof openEiRate>;
type Structure = NonNullable<OpenEiRate["demandratestructure"]>;

export function isOpenEi(value: unknown): boolean {
  return typeof value === "object" && value !== null && "energyratestructure" in value;
}

/** @throws AppError `unprocessable` naming the member that is wrong, or what of the rate cannot be said here. */
export function parseOpenEi(value: unknown, fileName: string): Tariff {
  const outcome = openEiRate.safeParse(value);
  if (!outcome.success) {
    const [issue] = outcome.error.issues;
    throw new AppError("unprocessable", `${fileName}, ${issue?.path.join("/") ?? ""}: ${issue?.message ?? ""}`);
  }
  const rate = outcome.data;
  const energy = tableOf(
    { structure: rate.energyratestructure, days: [rate.energyweekdayschedule, rate.energyweekendschedule] },
    `${fileName}, energyratestructure`,
  );
  return {
    name: rate.name.slice(0, 120),
    utility: rate.utility.slice(0, 120),
    description: (rate.description ?? "").slice(0, 2_000),
    source: (rate.source ?? rate.uri ?? "OpenEI Utility Rate Database").slice(0, 500),
    effectiveOn: rate.startdate === undefined ? null : isoDate(rate.startdate),
    currency: "USD",
    energyPeriods: periodsOfTable(energy, () => true).map(({ price, ...period }) => ({ ...period, usdPerKwh: price })),
    demandCharges: [...flatDemand(rate, fileName), ...windowDemand(rate, fileName)],
    fixedCharges: fixedOf(rate, fileName),
    subscription: null,
  };
}

function windowDemand(rate: OpenEiRate, fileName: string): DemandCharge[] {
  const { demandratestructure, demandweekdayschedule, demandweekendschedule } = rate;
  if (!demandratestructure || !demandweekdayschedule || !demandweekendschedule) return [];
  const prices = tableOf(
    { structure: demandratestructure, days: [demandweekdayschedule, demandweekendschedule] },
    `${fileName}, demandratestructure`,
  );
  return chargeOf("Demand in its hours", "window", prices);
}

function flatDemand({ flatdemandstructure, flatdemandmonths }: OpenEiRate, fileName: string): DemandCharge[] {
  if (!flatdemandstructure || !flatdemandmonths) return [];
  const months = flatdemandmonths.map((period) => Array<number>(24).fill(period));
  const prices = tableOf(
    { structure: flatdemandstructure, days: [months, months] },
    `${fileName}, flatdemandstructure`,
  );
  return chargeOf("Month's maximum", "maximum", prices);
}

function chargeOf(label: string, basis: DemandCharge["basis"], prices: Float64Array): DemandCharge[] {
  const periods = periodsOfTable(prices, (price) => price !== 0);
  if (periods.length === 0) return [];
  return [{ label, basis, periods: periods.map(({ price, ...period }) => ({ ...period, usdPerKw: price })) }];
}

interface Scheduled {
  structure: Structure;
  /** Weekday and weekend, month by hour: which period of the structure it is. */
  days: readonly (readonly (readonly number[])[])[];
}

function tableOf({ structure: periods, days }: Scheduled, where: string): Float64Array {
  const prices = periods.map((tiers, at) => {
    const [first, ...others] = tiers.map(({ rate = 0, adj = 0 }) => rate + adj);
    if (others.every((price) => price === first)) return first!;
    const detail = `period ${at} has tiers with different prices; a price that depends on the amount is not supported.`;
    throw new AppError("unprocessable", `${where}: ${detail} Keep the tier that applies.`);
  });
  const table = new Float64Array(CELL_COUNT);
  for (const [dayType, months] of days.entries()) {
    for (const [month, hours] of months.entries()) {
      for (const [hour, period] of hours.entries()) {
        const price = prices[period];
        if (price === undefined) {
          throw new AppError("unprocessable", `${where}: the schedule names period ${period}, which there is not.`);
        }
        table[cellIndex(dayType, month, hour)] = price;
      }
    }
  }
  return table;
}

function fixedOf(
  { fixedchargefirstmeter: usd, fixedchargeunits = "$/month" }: OpenEiRate,
  file: string,
): FixedCharge[] {
  if (!usd) return [];
  const charge = { label: "Customer", basis: "customer" as const };
  if (/month/i.test(fixedchargeunits)) return [{ ...charge, usd, per: "month" }];
  if (/day/i.test(fixedchargeunits)) return [{ ...charge, usd, per: "day" }];
  if (/year/i.test(fixedchargeunits)) return [{ ...charge, usd: usd / 12, per: "month" }];
  throw new AppError(
    "unprocessable",
    `${file}, fixedchargeunits: “${fixedchargeunits}” is not per day, month or year.`,
  );
}

function isoDate(unixS: number): string {
  return new Date(unixS * 1_000).toISOString().slice(0, 10);
}
