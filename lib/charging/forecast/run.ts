import type { RunTools } from "#lib/algorithms/define";
import { SEGMENT_FACTS } from "../core/segments.ts";
import type { DayType } from "../models/schema.ts";
import { forecastDay, peakOf, type DayForecast } from "./core/forecast-day.ts";
import { countiesOf } from "./core/area-counties.ts";
import { planCells } from "./core/plan-cells.ts";
import { roundToSum } from "./core/round-shares.ts";
import { AREA, type ForecastLoadData, type ForecastLoadParams, type ForecastLoadResult } from "./schema.ts";
import type { CountyIndex } from "#lib/geo/county-index";

/** Of 365 days; holidays count as the day of the week they fall on. */
const DAYS_PER_YEAR: Record<DayType, number> = { weekday: (365 * 5) / 7, weekend: (365 * 2) / 7 };

type Area = { name: string; evCount: number; fips: string | null; state: string };

export function runForecastLoad(
  params: ForecastLoadParams,
  { model, counties }: ForecastLoadData,
  { rng, signal, onProgress }: Pick<RunTools, "rng" | "signal" | "onProgress">,
): ForecastLoadResult {
  const dayTypes: DayType[] = params.dayType === "year" ? ["weekday", "weekend"] : [params.dayType];
  const areas = areasOf(params, counties);
  const notes = new Set<string>();
  const days: ForecastLoadResult["days"] = [];
  const areaRows: ForecastLoadResult["areas"] = [];
  for (const dayType of dayTypes) {
    const forecasts = areas.map((area, i) => {
      signal.throwIfAborted();
      onProgress((days.length + i / areas.length) / dayTypes.length, "Draw sessions");
      const planning = { model, params, dayType, evCount: area.evCount, note: (text: string) => void notes.add(text) };
      const options = { stepMin: params.stepMin, draws: params.draws, rng: rng.fork(`${dayType}/${area.name}`) };
      const forecast = forecastDay(planCells(planning), options);
      if (params.areas.length > 0) areaRows.push(toAreaRow(area, dayType, { forecast, stepMin: params.stepMin }));
      return forecast;
    });
    days.push(toDay(dayType, { forecast: sumOf(forecasts), params }));
  }
  return {
    modelName: model.name,
    evCount: areas.reduce((sum, { evCount }) => sum + evCount, 0),
    stepMin: params.stepMin,
    days,
    areas: areaRows,
    annualEnergyKwh:
      params.dayType === "year" ? days.reduce((sum, day) => sum + day.energyKwh * day.daysPerYear, 0) : null,
    notes: [...notes],
  };
}

function areasOf({ areas, evCount }: ForecastLoadParams, counties: CountyIndex | undefined): Area[] {
  if (areas.length === 0) return [{ name: "all", evCount, fips: null, state: "" }];
  const shares = areas.map((area) => AREA.exec(area) ?? []);
  const counts = roundToSum(shares.map(([, , share]) => Number(share) * evCount));
  const names = shares.map(([, name = ""]) => name);
  const found = counties ? countiesOf(names, counties) : [];
  return names.map((name, i) => {
    const { fips = null, state = "" } = found[i] ?? {};
    return { name, evCount: counts[i]!, fips, state };
  });
}

/** Areas differ by chance only, so that their loads add and their bands add in squares. */
function sumOf(forecasts: readonly DayForecast[]): DayForecast {
  const [first, ...others] = forecasts;
  if (others.length === 0) return first!;
  const add = (into: Float64Array, from: Float64Array) => into.map((value, step) => value + from[step]!);
  const totalKw = forecasts.map((one) => one.totalKw).reduce(add);
  const squares = forecasts
    .map((one) => one.highKw.map((value, step) => (value - one.totalKw[step]!) ** 2))
    .reduce(add);
  return {
    segments: first!.segments.map(({ segment }, i) => ({
      segment,
      sessions: forecasts.reduce((sum, one) => sum + one.segments[i]!.sessions, 0),
      energyKwh: forecasts.reduce((sum, one) => sum + one.segments[i]!.energyKwh, 0),
      loadKw: forecasts.map((one) => one.segments[i]!.loadKw).reduce(add),
    })),
    totalKw,
    lowKw: totalKw.map((value, step) => Math.max(0, value - Math.sqrt(squares[step]!))),
    highKw: totalKw.map((value, step) => value + Math.sqrt(squares[step]!)),
  };
}

function toAreaRow(
  { name, fips, state, evCount }: Area,
  dayType: DayType,
  { forecast, stepMin }: { forecast: DayForecast; stepMin: number },
): ForecastLoadResult["areas"][number] {
  const sessions = forecast.segments.reduce((sum, segment) => sum + segment.sessions, 0);
  return { name, fips, state, evCount, dayType, sessions, ...peakOf(forecast.totalKw, stepMin) };
}

function toDay(
  dayType: DayType,
  { forecast, params }: { forecast: DayForecast; params: ForecastLoadParams },
): ForecastLoadResult["days"][number] {
  const hasBand = params.draws >= 2;
  return {
    dayType,
    daysPerYear: DAYS_PER_YEAR[dayType],
    segments: forecast.segments.map(({ segment, sessions, energyKwh, loadKw }) => ({
      segment,
      label: SEGMENT_FACTS[segment].label,
      sessions,
      energyKwh,
      loadKw: [...loadKw],
    })),
    totalKw: [...forecast.totalKw],
    lowKw: hasBand ? [...forecast.lowKw] : [],
    highKw: hasBand ? [...forecast.highKw] : [],
    ...peakOf(forecast.totalKw, params.stepMin),
  };
}
