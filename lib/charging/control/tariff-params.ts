import { z } from "zod";
import { AppError } from "#lib/errors";
import { PUBLISHED_TARIFF_IDS, findPublishedTariff } from "../tariffs/published/published-tariffs.ts";
import { type Tariff, tariff } from "../tariffs/schema.ts";
import {
  ALL_DAY,
  type Conventions,
  type DayTariff,
  type HourSpan,
  noCap,
  pricesOf,
  slotsOf,
} from "./core/day-tariff.ts";
import { STUDY_TARIFFS, type StudyTariff, studyTariff } from "./core/study-tariffs.ts";
import { tariffOnDay } from "./core/tariff-on-day.ts";

const CLOCK = "([01]?\\d|2[0-4]):(00|15|30|45)";
/** "12:00-18:00 0.16997". */
const PRICE = new RegExp(`^${CLOCK}-${CLOCK} (\\d+(?:\\.\\d+)?)$`);
/** "16:00-06:00 20", or "day 2". */
const DEMAND = new RegExp(`^(?:${CLOCK}-${CLOCK}|day) (\\d+(?:\\.\\d+)?)$`);

const CHOICES = [...new Set([...STUDY_TARIFFS, ...PUBLISHED_TARIFF_IDS, "custom"])];
const STUDY = new Set<string>(STUDY_TARIFFS);

const tariffFields = {
  tariff: z.enum(CHOICES).default("PGEe19").meta({
    label: "Tariff",
    hint: "One that comes with the portal. cap: any schedule under the limit. minpeak: the lowest peak. custom: the prices and charges below. A tariff of the workspace is named among the inputs.",
  }),
  tariffMonth: z.int().min(1).max(12).default(7).meta({
    label: "Month of the prices",
    hint: "1 to 12, for tariffs with seasons.",
  }),
  tariffDays: z.enum(["weekday", "weekend"]).default("weekday").meta({ label: "Kind of day of the prices" }),
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
  inlineTariff: tariff.nullable().default(null).meta({
    label: "Tariff in full",
    hint: "As JSON; takes the place of the tariff above.",
  }),
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

/** The tariff that is meant: one of the workspace, or one written in full, goes before the parameter. */
function fullTariff(params: TariffParams, own: Tariff | null): Tariff | null {
  return own ?? params.inlineTariff ?? (STUDY.has(params.tariff) ? null : findPublishedTariff(params.tariff));
}

/** What a run calls its tariff. */
export function tariffNameOf(params: TariffParams, own: Pick<Tariff, "name"> | null): string {
  return own?.name ?? params.inlineTariff?.name ?? params.tariff;
}

/** The tariff on the day; where a limit is needed and not given, it is the uncontrolled peak. */
export function tariffOf(params: TariffParams, own: Tariff | null, uncontrolledPeakKw: number): DayTariff {
  const full = fullTariff(params, own);
  const needsCap = full ? full.subscription !== null : params.tariff === "PGEcev" || params.tariff === "cap";
  const capKw = params.capKw ?? (needsCap && uncontrolledPeakKw > 0 ? uncontrolledPeakKw : Infinity);
  if (full) return tariffOnDay(full, { month: params.tariffMonth, isWeekend: params.tariffDays === "weekend" }, capKw);
  if (params.tariff !== "custom") return studyTariff(params.tariff as StudyTariff, capKw);
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
