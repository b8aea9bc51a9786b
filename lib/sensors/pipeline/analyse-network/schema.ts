import { z } from "zod";
import { FAULT_KINDS } from "../../detector/types.ts";

export const analyseNetworkInputs = z.object({
  executionId: z.string().min(1).max(100).default("now").meta({ label: "Pipeline run" }),
  attempt: z.number().int().nonnegative().default(0).meta({ label: "Try" }),
});
export type AnalyseNetworkInputs = z.output<typeof analyseNetworkInputs>;

const count = z.number().int().nonnegative();

const openFault = z.object({
  sensorCode: z.string(),
  observedProperty: z.string(),
  kind: z.enum(FAULT_KINDS),
  beginAtMs: z.number(),
  confidence: z.number(),
});

export const analyseNetworkResult = z.object({
  sensorCount: count,
  byState: z.array(z.object({ state: z.string(), sensors: count })),
  /** Open faults by cause, disputed ones and maintenance left out. */
  byKind: z.array(z.object({ kind: z.enum(FAULT_KINDS), sensors: count })),
  /** Sensors that were not at fault in the last summary and are now, and the other way round; null = no earlier one. */
  newlyFaulty: z.array(z.string()).nullable(),
  noLongerFaulty: z.array(z.string()).nullable(),
  /** Codes of all sensors with an open fault: what the next summary compares with. */
  faultyCodes: z.array(z.string()),
  heaviest: z.array(openFault),
});
export type AnalyseNetworkResult = z.output<typeof analyseNetworkResult>;
export type OpenFault = z.output<typeof openFault>;
