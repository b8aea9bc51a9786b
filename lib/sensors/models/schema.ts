import { z } from "zod";
import { FAULT_KINDS } from "../detector/types.ts";

const shifts = z.partialRecord(z.enum(FAULT_KINDS), z.number());
const count = z.number().int().nonnegative();

export const trainFaultModelParams = z.object({
  shiftSd: z.number().min(0.1).max(5).default(1.5).meta({
    label: "Spread of networks",
    unit: "log-odds",
    hint: "How far one network's odds usually are from another's. Smaller: reviews move less.",
  }),
  base: shifts.default({}).meta({
    label: "Start from",
    hint: "The `shifts` of a published model; empty for the detector as it is",
  }),
});
export type TrainFaultModelParams = z.output<typeof trainFaultModelParams>;

export const faultModel = z.object({
  shifts,
  confidenceMin: z.number().min(0).max(1),
  kinds: z.array(
    z.object({
      kind: z.enum(FAULT_KINDS),
      confirmed: count,
      disputed: count,
      shift: z.number(),
      confidenceBefore: z.number(),
      confidenceAfter: z.number(),
      lossBefore: z.number(),
      lossAfter: z.number(),
    }),
  ),
  labelCount: count,
  sensorCount: count,
  /** First and last judged fault. */
  window: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
});
export type FaultModel = z.output<typeof faultModel>;
