import { z } from "zod";
import type { Tariff } from "../../tariffs/schema.ts";
import { sessionInputs } from "../session-inputs.ts";
import type { SessionTable } from "../session-table.ts";
import { tariffParams } from "../tariff-params.ts";

export const trainControlModelParams = tariffParams.extend({
  days: z.number().int().min(20).max(2_000).default(300).meta({
    label: "Days to learn from",
    hint: "Each is drawn from the sessions and optimised.",
  }),
  sessionsPerDay: z.number().int().min(1).max(5_000).default(200).meta({ label: "Sessions of a day" }),
});
export type TrainControlModelParams = z.output<typeof trainControlModelParams>;

export const trainControlModelInputs = sessionInputs;

export interface TrainControlModelData {
  table: SessionTable;
  /** Of the workspace; null: as the parameters say. */
  tariff: Tariff | null;
}

const slots = z.array(z.number()).length(96);

/** A linear map from the uncontrolled to the controlled load of a day, both as shares of the uncontrolled peak. */
export const controlModel = z.object({
  tariffName: z.string(),
  capKw: z.number().nullable(),
  alpha: z.number(),
  /** Row t: weights of the 96 quarter hours for quarter hour t. */
  coefficients: z.array(slots).length(96),
  intercept: slots,
  card: z.object({
    days: z.number().int(),
    sessionsPerDay: z.number().int(),
    sessionsKnown: z.number().int(),
    source: z.string(),
    alphaErrors: z.array(z.object({ alpha: z.number(), mse: z.number().nullable() })),
    heldOut: z.object({ pairs: z.number().int(), mse: z.number(), errorMax: z.number(), r2: z.number() }),
    /** Means over the days, so that the map can be judged at a glance. */
    meanPeakKw: z.object({ uncontrolled: z.number(), controlled: z.number() }),
    meanLoadKw: z.object({ uncontrolled: slots, controlled: slots }),
  }),
});
export type ControlModel = z.output<typeof controlModel>;
