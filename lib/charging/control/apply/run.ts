import { AppError } from "#lib/errors";
import { applyToSteps } from "../core/control-model.ts";
import { SLOTS_PER_DAY } from "../core/day-tariff.ts";
import type { ControlModel } from "../train/schema.ts";
import type { ApplyControlModelData, ApplyControlModelParams, ApplyControlModelResult } from "./schema.ts";

const MINUTES_PER_DAY = 1_440;

/** Replaces the load of the controlled segments by what control makes of it; energy of each segment stays. */
export function runApplyControlModel(
  { segments: wanted }: ApplyControlModelParams,
  { model, forecast }: ApplyControlModelData,
): ApplyControlModelResult {
  const known = new Set(forecast.days.flatMap(({ segments }) => segments.map(({ segment }) => segment)));
  const missing = wanted.find((segment) => !known.has(segment));
  if (missing !== undefined) {
    const detail = `The forecast has no segment “${missing}”; it has ${[...known].join(", ")}.`;
    throw new AppError("unprocessable", detail);
  }
  const map = ridgeOf(model);
  const steps = MINUTES_PER_DAY / forecast.stepMin;
  const days = forecast.days.map(({ dayType, segments }) => {
    const made = segments.map(({ segment, label, loadKw }) => {
      const isControlled = wanted.includes(segment);
      return {
        segment,
        label,
        isControlled,
        loadKw: isControlled ? [...applyToSteps(map, Float64Array.from(loadKw))] : loadKw,
      };
    });
    const uncontrolledKw = addUp(segments, steps);
    const controlledKw = addUp(made, steps);
    return {
      dayType,
      segments: made,
      uncontrolledKw,
      controlledKw,
      energyKwh: controlledKw.reduce((sum, kw) => sum + (kw * forecast.stepMin) / 60, 0),
      peakKw: { uncontrolled: Math.max(0, ...uncontrolledKw), controlled: Math.max(0, ...controlledKw) },
    };
  });
  return { tariffName: model.tariffName, stepMin: forecast.stepMin, controlledSegments: wanted, days };
}

function ridgeOf({ alpha, coefficients, intercept }: ControlModel) {
  return {
    alpha,
    inputs: SLOTS_PER_DAY,
    targets: SLOTS_PER_DAY,
    coefficients: Float64Array.from(coefficients.flat()),
    intercept: Float64Array.from(intercept),
  };
}

function addUp(segments: readonly { loadKw: readonly number[] }[], steps: number): number[] {
  return Array.from({ length: steps }, (_, k) => segments.reduce((sum, { loadKw }) => sum + (loadKw[k] ?? 0), 0));
}
