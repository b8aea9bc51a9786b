import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { darkDayScore, learnUsualLight } from "../cross-variable/light-temperature.ts";
import { deafDayScore, learnUsualRise, type WetDay } from "../cross-variable/rain-soil-moisture.ts";
import { byDay } from "./hours.ts";
import type { NetworkSeries } from "./schema.ts";

const DAY_MS = 86_400_000;
/** Soil that is this wet (% by volume) gains nothing from more rain. */
const WET_PERCENT = 40;

type Readings = Pick<NetworkSeries, "times" | "values">;

const smallest = (before: number | undefined, value: number) => Math.min(before ?? Infinity, value);
const largest = (before: number | undefined, value: number) => Math.max(before ?? -Infinity, value);
const sum = (before: number | undefined, value: number) => (before ?? 0) + value;

/** Days on which a light sensor saw nothing of the sun that its thermometer felt; null when nothing is known of it. */
export function judgeLight(light: Readings, temperature: Readings): FlagSpan[] | null {
  const [brightest, low, high] = [byDay(light, largest), byDay(temperature, smallest), byDay(temperature, largest)];
  const days = [...brightest].map(([day, luxMax]) => {
    return { day, luxMax, temperatureRange: (high.get(day) ?? Number.NaN) - (low.get(day) ?? Number.NaN) };
  });
  const usual = learnUsualLight(days);
  if (usual === null) return null;
  return daySpans({
    ...{ check: "light and temperature", daysMin: 2 },
    days: days.map((facts) => ({ day: facts.day, score: darkDayScore(facts, usual) })),
    reason: () => "Hardly any light on days on which the temperature moved as usual.",
  });
}

/** Soaking rains that the soil did not answer; null when it rained too little to know its answer. */
export function judgeSoil(soil: Readings, rain: Readings): FlagSpan[] | null {
  const [rainMm, low, high] = [byDay(rain, sum), byDay(soil, smallest), byDay(soil, largest)];
  const days = [...rainMm].map(([day, mm]): WetDay & { day: number; isWet: boolean } => {
    const before = low.get(day - 1) ?? low.get(day) ?? Number.NaN;
    const after = Math.max(high.get(day) ?? Number.NaN, high.get(day + 1) ?? Number.NaN);
    return { day, rainMm: mm, risePercent: after - before, isWet: before >= WET_PERCENT };
  });
  const usualRise = learnUsualRise(days.filter(({ isWet }) => !isWet));
  if (usualRise === null) return null;
  return daySpans({
    ...{ check: "rain and soil moisture", daysMin: 1 },
    days: days.map((facts) => ({ day: facts.day, score: deafDayScore(facts, usualRise, facts.isWet) })),
    reason: (first) => {
      const mm = Math.round(rainMm.get(first) ?? 0);
      return `The soil did not answer ${mm} mm of rain; it usually gains ${usualRise.toFixed(1)} %.`;
    },
  });
}

interface DayFindings {
  check: string;
  days: readonly { day: number; score: number }[];
  daysMin: number;
  reason: (firstDay: number) => string;
}

/** Flagged days in a row become spans. */
function daySpans({ check, days, daysMin, reason }: DayFindings): FlagSpan[] {
  const flagged = days.filter(({ score }) => score > 1).sort((a, b) => a.day - b.day);
  const runs: { day: number; score: number }[][] = [];
  for (const one of flagged) {
    const run = runs.at(-1);
    if (run && one.day - run.at(-1)!.day === 1) run.push(one);
    else runs.push([one]);
  }
  return runs
    .filter((run) => run.length >= daysMin)
    .map((run) => ({
      ...{ check, flag: FLAG.suspect, reason: reason(run[0]!.day), pointCount: run.length },
      startAtMs: run[0]!.day * DAY_MS,
      endAtMs: (run.at(-1)!.day + 1) * DAY_MS - 1,
      score: Math.round(Math.max(...run.map(({ score }) => score)) * 100) / 100,
    }));
}
