import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { FAULT_KINDS } from "../../detector/types.ts";
import { analyseNetworkInputs, analyseNetworkResult, type AnalyseNetworkResult, type OpenFault } from "./schema.ts";
import { viewAnalyseNetwork } from "./view.ts";

const HEAVIEST = 50;

export interface AnalyseNetworkData {
  states: { state: string; sensors: number }[];
  /** Heaviest first. */
  openFaults: OpenFault[];
  /** What the summary before this one found; null = there is none. */
  faultyBefore: string[] | null;
}

/**
 * Purpose: how the network stands at this moment and what has changed since the last summary.
 * Method: counts of states and of open faults; states are judged against the clock. Cost: one look at all sensors.
 */
export const analyseNetworkAlgorithm = defineAlgorithm({
  slug: "analyse-network",
  version: 1,
  title: "Summary of the network",
  summary: "Counts sensors by state and by cause, and says which became faulty or recovered since the last time.",
  params: z.object({}),
  inputs: analyseNetworkInputs,
  result: analyseNetworkResult,
  timeoutS: 300,
  memoryMb: 512,
  run: (_params: unknown, data: AnalyseNetworkData) => analyseNetwork(data),
  view: viewAnalyseNetwork,
});

export function analyseNetwork({ states, openFaults, faultyBefore }: AnalyseNetworkData): AnalyseNetworkResult {
  const sensorsOf = (kind: string) => new Set(openFaults.filter((f) => f.kind === kind).map((f) => f.sensorCode)).size;
  const faulty = new Set(openFaults.map(({ sensorCode }) => sensorCode));
  const before = faultyBefore === null ? null : new Set(faultyBefore);
  return {
    sensorCount: states.reduce((sum, { sensors }) => sum + sensors, 0),
    byState: states,
    byKind: FAULT_KINDS.map((kind) => ({ kind, sensors: sensorsOf(kind) })).filter(({ sensors }) => sensors > 0),
    newlyFaulty: before && [...faulty].filter((code) => !before.has(code)).sort(),
    noLongerFaulty: before && [...before].filter((code) => !faulty.has(code)).sort(),
    faultyCodes: [...faulty].sort(),
    heaviest: openFaults.slice(0, HEAVIEST),
  };
}
