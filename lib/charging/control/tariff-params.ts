import { z } from "zod";
import { AppError } from "#lib/errors";
import { PUBLISHED_TARIFFS, publishedTariff } from "./core/published-tariffs.ts";
import {
  ALL_DAY,
  type ControlTariff,
  type Conventions,
  type HourSpan,
  noCap,
  pricesOf,
  slotsOf,
} from "./core/tariff.ts";

const CLOCK = "([01]?\\d|2[0-4]):(00|15|30|45)";
/** "12:00-18:00 0.16997". */
const PRICE = new RegExp(`^${CLOCK}-${CLOCK} (\\d+(?:\\.\\d+)?)$`);
/** "16:00-06:00 20", or "day 2". */
const DEMAND = new RegExp(`^(?:${CLOCK}-${CLOCK}|day) (\\d+(?:\\.\\d+)?)$`);

export const TARIFFS = [...PUBLISHED_TARIFFS, "custom"] as const;

const tariffFields = {
  tariff: z.enum(TARIFFS).default("PGEe19").meta({
    label: "Tariff",
    hint: "cap: any schedule under the limit. minpeak: the lowest peak. custom: the prices and charges below.",
  }),
  capKw: z.number().positive().max(1e7).nullable().default(null).meta({
    label: "Site limit",
    unit: "kW",
    hint: "Empty: none; for PGEcev and cap the uncontrolled peak.",
  }),
  usualPriceUsdPerKwh: z.number().min(0).max(10).default(0.15).meta({
    label: "Custom: usual price",
    unit: "$/kWh",
  }),
  prices: z
    .array(z.string().regex(PRICE, "Write the hours and the price: 12:00-18:00 0.17"))
    .max(96)
    .default([])
    .meta({ label: "Custom: other prices", hint: "$/kWh: “12:00-18:00 0.17”. Later lines win." }),
  demandCharges: z
    .array(z.string().regex(DEMAND, "Write the hours, or “day”, and the charge: 12:00-18:00 21.23"))
    .max(12)
    .default([])
    .meta({ label: "Custom: demand charges", hint: "$/kW and month: “12:00-18:00 21.23”, “day 19.1”." }),
  energyHours: z
    .union([z.literal(0.25), z.literal(1)])
    .default(0.25)
    .meta({
      label: "Hours of a slot in the energy charge",
      unit: "h",
      hint: "0.25 makes a bill; 1 repeats the published objective.",
    }),
  demandDays: z.number().min(1).max(31).default(30).meta({
    label: "Days that carry a demand charge",
    unit: "days",
    hint: "30: a day pays a thirtieth of the month’s charge. 1 repeats the published objective.",
  }),
};

/** Parameters that say what charging costs. */
export const tariffParams = z.object(tariffFields);
export type TariffParams = z.output<typeof tariffParams>;

export function conventionsOf({ energyHours, demandDays }: TariffParams): Conventions {
  return { energyHours, demandShare: 1 / demandDays };
}

/** The tariff of the parameters; where a limit is needed and not given, it is the uncontrolled peak. */
export function tariffOf(params: TariffParams, uncontrolledPeakKw: number): ControlTariff {
  const needsCap = params.tariff === "PGEcev" || params.tariff === "cap";
  const capKw = params.capKw ?? (needsCap && uncontrolledPeakKw > 0 ? uncontrolledPeakKw : Infinity);
  if (params.tariff !== "custom") return publishedTariff(params.tariff, capKw);
  return {
    name: "custom",
    priceUsdPerKwh: pricesOf(params.usualPriceUsdPerKwh, params.prices.map(readPrice)),
    demand: params.demandCharges.map(readDemand),
    capKw: noCap().fill(capKw),
    fixedUsdPerMonth: 0,
  };
}

function readPrice(text: string): HourSpan & { usdPerKwh: number } {
  const [, fromHour, fromMin, toHour, toMin, usd] = PRICE.exec(text) ?? refuse(text);
  return { ...spanOf([fromHour, fromMin, toHour, toMin]), usdPerKwh: Number(usd) };
}

function readDemand(text: string) {
  const [, fromHour, fromMin, toHour, toMin, usd] = DEMAND.exec(text) ?? refuse(text);
  if (fromHour === undefined) return { label: "whole day", usdPerKw: Number(usd), slots: ALL_DAY };
  const slots = slotsOf([spanOf([fromHour, fromMin, toHour, toMin])]);
  return { label: text.slice(0, text.indexOf(" ")), usdPerKw: Number(usd), slots };
}

function spanOf([fromHour, fromMin, toHour, toMin]: (string | undefined)[]): HourSpan {
  return {
    fromHour: (Number(fromHour) + Number(fromMin) / 60) % 24,
    toHour: (Number(toHour) + Number(toMin) / 60) % 24,
  };
}

function refuse(text: string): never {
  throw new AppError("invalid_input", `“${text}” is no price or charge; write 12:00-18:00 0.17.`);
}
