import { z } from "zod";
import { checkPeriods } from "./core/check-periods.ts";
import { DAY_CHOICES } from "./core/windows.ts";

const PERIODS_MAX = 600;
/** Messages of one list: more would hide the first. */
const FAULTS_SHOWN = 20;

const from = z.string().regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, "Write a quarter hour from 00:00 to 23:45, as 08:30.");
const to = z
  .string()
  .regex(/^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$/, "Write a quarter hour from 00:15 to 24:00, as 21:30.");
const window = {
  label: z.string().trim().min(1, "Give the period a name, as Peak.").max(60),
  months: z.array(z.int().min(1).max(12)).min(1, "Choose at least one month.").max(12),
  days: z.enum(DAY_CHOICES),
  from,
  to,
};
const usd = (max: number) =>
  z.number("Write a number, as 0.12.").min(0, "No price is below 0.").max(max, `At most ${max}.`);

export const energyPeriod = z.object({ ...window, usdPerKwh: usd(20) });
export type EnergyPeriod = z.output<typeof energyPeriod>;

export const demandPeriod = z.object({ ...window, usdPerKw: usd(1_000) });
export type DemandPeriod = z.output<typeof demandPeriod>;

/** Charged on the month's highest load in its hours; hours of one price within a month are one window. */
export const demandCharge = z.object({
  label: z.string().trim().min(1).max(60),
  basis: z.enum(["maximum", "window"]).default("window").meta({
    description: "maximum: on the month's highest load at any hour. window: on the highest in its hours.",
  }),
  periods: z.array(demandPeriod).min(1).max(PERIODS_MAX),
});
export type DemandCharge = z.output<typeof demandCharge>;

export const fixedCharge = z.object({
  label: z.string().trim().min(1).max(60),
  usd: usd(100_000),
  per: z.enum(["day", "month"]),
  basis: z.enum(["customer", "meter"]).default("customer"),
});
export type FixedCharge = z.output<typeof fixedCharge>;

/** What one customer pays: energy by month, kind of day and hour, demand by windows, fixed charges. */
export const tariff = z
  .object({
    name: z.string().trim().min(1, "Give the tariff a name.").max(120),
    utility: z.string().trim().max(120).default(""),
    description: z.string().trim().max(2_000).default(""),
    source: z.string().trim().max(500).default("").meta({ description: "Where the prices are published" }),
    effectiveOn: z.iso.date().nullable().default(null).meta({ description: "First day of these prices" }),
    currency: z.literal("USD").default("USD"),
    energyPeriods: z.array(energyPeriod).min(1, "A tariff needs a price of energy.").max(PERIODS_MAX),
    demandCharges: z.array(demandCharge).max(12).default([]),
    fixedCharges: z.array(fixedCharge).max(12).default([]),
    subscription: z
      .object({
        blockKw: z.number("Write the kW of a block.").positive("A block has more than 0 kW.").max(100_000),
        usdPerMonth: usd(1_000_000),
      })
      .nullable()
      .default(null)
      .meta({ description: "A level of demand that is paid for in blocks, whatever is used" }),
  })
  .superRefine((value, ctx) => {
    const refuse = (path: (string | number)[], message: string) => ctx.addIssue({ code: "custom", path, message });
    const faults = checkPeriods(value.energyPeriods, { isComplete: true });
    for (const { message } of faults.slice(0, FAULTS_SHOWN)) refuse(["energyPeriods"], message);
    value.demandCharges.forEach(({ label, periods }, at) => {
      const [fault] = checkPeriods(periods, { isComplete: false });
      if (fault) refuse(["demandCharges", at, "periods"], `${label}: ${fault.message}`);
    });
  });
export type Tariff = z.output<typeof tariff>;
export type TariffDraft = z.input<typeof tariff>;
