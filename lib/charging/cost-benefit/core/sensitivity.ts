import { type AssumptionKey, specOf, type StatedAssumption } from "./assumptions.ts";
import { type CostTest, type CostTestKey } from "./cost-tests.ts";
import { evaluateTests, type EvaluationRequest } from "./evaluate-case.ts";

/** How far each assumption is moved. */
export const SENSITIVITY_SHARE = 0.2;

/** What the tests' net values become when one assumption alone is lower or higher. */
export interface Sensitivity {
  key: AssumptionKey;
  label: string;
  unit: string;
  value: number;
  low: number;
  high: number;
  lowNetUsd: Record<CostTestKey, number>;
  highNetUsd: Record<CostTestKey, number>;
}

/** Moves every assumption that is an amount by ±20 %; calendar years and zeros cannot be. */
export function analyseSensitivity(request: EvaluationRequest, onProgress?: (fraction: number) => void): Sensitivity[] {
  const varied = request.stated.filter(({ key, value }) => specOf(key).isVaried !== false && value !== 0);
  return varied.map((assumption, at) => {
    const { key, label, unit, value } = assumption;
    const [low, high] = [moved(assumption, -1), moved(assumption, 1)];
    onProgress?.(at / varied.length);
    return {
      ...{ key, label, unit, value, low, high },
      lowNetUsd: netsWith(request, key, low),
      highNetUsd: netsWith(request, key, high),
    };
  });
}

function moved({ key, value }: StatedAssumption, direction: number): number {
  const target = value * (1 + direction * SENSITIVITY_SHARE);
  if (specOf(key).isWhole !== true) return target;
  return direction < 0 ? Math.max(1, Math.floor(target)) : Math.ceil(target);
}

function netsWith(request: EvaluationRequest, key: AssumptionKey, value: number): Record<CostTestKey, number> {
  const stated = request.stated.map((one) => (one.key === key ? { ...one, value } : one));
  return netsOf(evaluateTests({ ...request, stated }));
}

export function netsOf(tests: readonly CostTest[]): Record<CostTestKey, number> {
  return Object.fromEntries(tests.map(({ key, netUsd }) => [key, netUsd])) as Record<CostTestKey, number>;
}
