import type { z } from "zod";
import { applyControlModelResult } from "../../../control/apply/schema.ts";
import { optimiseChargingResult } from "../../../control/optimise/schema.ts";
import { costBenefitResult } from "../../../cost-benefit/schema.ts";
import { forecastLoadResult } from "../../../forecast/schema.ts";
import { readCostBenefit } from "./cost-benefit.ts";
import { readControlled, readForecast, readManaged } from "./loads.ts";
import type { Reading } from "./reading.ts";

/** A result that an older version stored may not be of today's shape; then there is nothing to compare. */
function reader<Schema extends z.ZodType>(schema: Schema, read: (result: z.output<Schema>) => Reading) {
  return (stored: unknown): Reading | null => {
    const { success, data } = schema.safeParse(stored);
    return success ? read(data) : null;
  };
}

const READERS: Readonly<Record<string, (stored: unknown) => Reading | null>> = {
  "cost-benefit": reader(costBenefitResult, readCostBenefit),
  "forecast-load": reader(forecastLoadResult, readForecast),
  "optimise-charging": reader(optimiseChargingResult, readManaged),
  "apply-control-model": reader(applyControlModelResult, readControlled),
};

/** Algorithms whose runs can be kept as scenarios. */
export const SCENARIO_ALGORITHMS: readonly string[] = Object.keys(READERS);

/** Reads a stored result of a charging algorithm; null for one whose figures are not compared. */
export function readResult(algorithm: string, stored: unknown): Reading | null {
  return READERS[algorithm]?.(stored) ?? null;
}
