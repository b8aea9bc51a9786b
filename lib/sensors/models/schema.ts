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
  windowDays: z.number().int().min(7).max(366).default(60).meta({
    label: "Learn habits from",
    unit: "days",
    hint: "Back from the newest reading. A time in which most sensors were healthy.",
  }),
});
export type TrainFaultModelParams = z.output<typeof trainFaultModelParams>;

/** `SensorHabits` of the detector: level in °C or logarithm of light, sigma in the same unit by hour of the day. */
const sensorHabits = z.object({ level: z.number(), levelSd: z.number(), sigmaByHour: z.array(z.number()).length(24) });

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
  /** What each datastream of a network usually shows; of no use elsewhere, and not needed there. */
  habits: z.record(z.string(), sensorHabits).default({}),
  networks: z
    .array(
      z.object({
        observedProperty: z.string(),
        datastreams: count,
        learned: count,
        /** Usual size of a sensor's deviation from what the others say: the median sensor's, by hour of the day. */
        sigmaByHour: z.array(z.number()).length(24),
        levelSd: z.number(),
      }),
    )
    .default([]),
  /** First and last reading that habits were learned from. */
  learnedFrom: z.object({ fromMs: z.number(), toMs: z.number() }).nullable().default(null),
});
export type FaultModel = z.output<typeof faultModel>;
