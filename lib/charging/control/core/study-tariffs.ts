import { findPublishedTariff } from "../../tariffs/published/published-tariffs.ts";
import { ALL_DAY, type DayTariff, noCap, pricesOf } from "./day-tariff.ts";
import { tariffOnDay, type TariffDay } from "./tariff-on-day.ts";

/** Structures of the published study of managed charging: tariffs in one season, a limit alone, the lowest peak. */
export const STUDY_TARIFFS = [
  "PGEe19",
  "PGEcev",
  "PGEcev_demand",
  "PGEcev_energy",
  "SCEtouev8_summer",
  "SCEtouev8_winter",
  "SDGEmedian",
  "cap",
  "minpeak",
] as const;
export type StudyTariff = (typeof STUDY_TARIFFS)[number];

const SUMMER: TariffDay = { month: 7, isWeekend: false };
const WINTER: TariffDay = { month: 1, isWeekend: false };

interface Structure {
  published: string;
  day: TariffDay;
  /** What becomes of the subscription: paid as it is, charged per kW of the highest load, or left out. */
  subscription?: "as-demand" | "none";
}

const STRUCTURES: Record<Exclude<StudyTariff, "cap" | "minpeak">, Structure> = {
  PGEe19: { published: "PGEe19", day: SUMMER },
  PGEcev: { published: "PGEcev", day: SUMMER },
  PGEcev_demand: { published: "PGEcev", day: SUMMER, subscription: "as-demand" },
  PGEcev_energy: { published: "PGEcev", day: SUMMER, subscription: "none" },
  SCEtouev8_summer: { published: "SCEtouev8", day: SUMMER },
  SCEtouev8_winter: { published: "SCEtouev8", day: WINTER },
  SDGEmedian: { published: "SDGEmedian", day: SUMMER },
};

const WHOLE_DAY = "whole day";

/** A structure of the study; the cap is the site's and binds every tariff alike. */
export function studyTariff(name: StudyTariff, capKw = Infinity): DayTariff {
  if (name === "cap" || name === "minpeak") {
    const demand = name === "cap" ? [] : [{ label: WHOLE_DAY, usdPerKw: 1, slots: ALL_DAY }];
    return { name, priceUsdPerKwh: pricesOf(0, []), demand, capKw: noCap().fill(capKw), fixedUsdPerMonth: 0 };
  }
  const { published, day, subscription } = STRUCTURES[name];
  const tariff = findPublishedTariff(published)!;
  const blocks = tariff.subscription;
  const onDay = tariffOnDay({ ...tariff, subscription: subscription ? null : blocks }, day, capKw);
  const asDemand = subscription === "as-demand" && blocks;
  const demand = asDemand
    ? [{ label: WHOLE_DAY, usdPerKw: blocks.usdPerMonth / blocks.blockKw, slots: ALL_DAY }]
    : onDay.demand;
  return { ...onDay, name, demand };
}
