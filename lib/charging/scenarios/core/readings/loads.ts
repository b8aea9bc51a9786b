import type { ApplyControlModelResult } from "../../../control/apply/schema.ts";
import type { OptimiseChargingResult } from "../../../control/optimise/schema.ts";
import type { ForecastLoadResult } from "../../../forecast/schema.ts";
import type { Curve, Figure, Reading } from "./reading.ts";

const SLOT_MIN = 15;
const SLOTS_PER_DAY = 96;

const groupOf = (dayType: string) => `Load, ${dayType}`;

/** Means over quarter hours of a load in steps of so many minutes. */
export function toQuarterHours(loadKw: readonly number[], stepMin: number): number[] {
  const steps = SLOT_MIN / stepMin;
  const mean = (from: number) => loadKw.slice(from, from + steps).reduce((sum, kw) => sum + kw, 0) / steps;
  return Array.from({ length: SLOTS_PER_DAY }, (_, slot) => mean(slot * steps));
}

function loadCurve(name: string, loadKw: readonly number[], stepMin = SLOT_MIN): Curve {
  return { name, unit: "kW", axis: "quarter-hour", first: 0, values: toQuarterHours(loadKw, stepMin) };
}

/** Forecasts with and without control bring curves and figures of the same names, so that they stand side by side. */
export function readForecast(result: ForecastLoadResult): Reading {
  const { evCount, stepMin, days, annualEnergyKwh } = result;
  const annual: Figure[] =
    annualEnergyKwh === null ? [] : [{ group: "Year", name: "Energy", unit: "kWh", value: annualEnergyKwh }];
  return {
    figures: [
      { group: "Fleet", name: "Vehicles", unit: "", value: evCount },
      ...days.flatMap(({ dayType, peakKw, peakAtMin, energyKwh, segments }): Figure[] => [
        { group: groupOf(dayType), name: "Peak", unit: "kW", value: peakKw },
        { group: groupOf(dayType), name: "Peak at", unit: "h", value: peakAtMin / 60 },
        { group: groupOf(dayType), name: "Energy", unit: "kWh", value: energyKwh },
        ...segments.map(({ label, energyKwh: kwh }) => ({
          ...{ group: groupOf(dayType), name: `Energy, ${label}`, unit: "kWh", value: kwh },
        })),
      ]),
      ...annual,
    ],
    series: days.map(({ dayType, totalKw }) => loadCurve(groupOf(dayType), totalKw, stepMin)),
  };
}

export function readControlled(result: ApplyControlModelResult): Reading {
  const { stepMin, days } = result;
  return {
    figures: days.flatMap(({ dayType, peakKw, controlledKw, energyKwh }): Figure[] => [
      { group: groupOf(dayType), name: "Peak", unit: "kW", value: peakKw.controlled },
      {
        ...{ group: groupOf(dayType), name: "Peak at", unit: "h" },
        value: (controlledKw.indexOf(Math.max(...controlledKw)) * stepMin) / 60,
      },
      { group: groupOf(dayType), name: "Energy", unit: "kWh", value: energyKwh },
      { group: groupOf(dayType), name: "Peak without control", unit: "kW", value: peakKw.uncontrolled },
    ]),
    series: days.map(({ dayType, controlledKw }) => loadCurve(groupOf(dayType), controlledKw, stepMin)),
  };
}

export function readManaged(result: OptimiseChargingResult): Reading {
  const { sessionCount, requestedKwh, managed, baselines } = result;
  const group = "Managed day";
  const uncontrolled = baselines.find(({ rule }) => rule === "uncontrolled");
  const saved = uncontrolled ? uncontrolled.costUsd - managed.costUsd : null;
  return {
    figures: [
      { group, name: "Cost", unit: "$/day", value: managed.costUsd },
      ...(saved === null ? [] : [{ group, name: "Saved against uncontrolled", unit: "$/day", value: saved }]),
      { group, name: "Energy charges", unit: "$/day", value: managed.energyUsd },
      { group, name: "Peak", unit: "kW", value: managed.peakKw },
      { group, name: "Delivered", unit: "kWh", value: managed.deliveredKwh },
      { group, name: "Asked for", unit: "kWh", value: requestedKwh },
      { group, name: "Sessions", unit: "", value: sessionCount },
      { group, name: "Sessions not fully met", unit: "", value: managed.unmetSessions },
    ],
    series: [
      loadCurve("Managed load of the day", managed.loadKw),
      ...(uncontrolled ? [loadCurve("Uncontrolled load of the day", uncontrolled.loadKw)] : []),
    ],
  };
}
