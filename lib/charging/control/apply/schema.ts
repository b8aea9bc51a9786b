import { z } from "zod";
import type { ControlModel } from "../train/schema.ts";

export const applyControlModelParams = z.object({
  segments: z.array(z.string().min(1).max(60)).max(20).default(["work"]).meta({
    label: "Controlled segments",
    hint: "Segments of the forecast that are managed; the others stay as they are.",
  }),
});
export type ApplyControlModelParams = z.output<typeof applyControlModelParams>;

export const applyControlModelInputs = z.object({
  modelRunId: z.uuid().meta({
    label: "Control model",
    refersTo: { to: "run", kinds: ["train-control-model"] },
  }),
  forecastRunId: z.uuid().meta({ label: "Forecast", refersTo: { to: "run", kinds: ["forecast-load"] } }),
});
export type ApplyControlModelInputs = z.output<typeof applyControlModelInputs>;

/** What is read of a forecast's result. */
export const forecastLoads = z.object({
  stepMin: z.number().positive(),
  days: z.array(
    z.object({
      dayType: z.string(),
      segments: z.array(z.object({ segment: z.string(), label: z.string(), loadKw: z.array(z.number()) })),
    }),
  ),
});
export type ForecastLoads = z.output<typeof forecastLoads>;

export interface ApplyControlModelData {
  model: ControlModel;
  forecast: ForecastLoads;
}

export const applyControlModelResult = z.object({
  tariffName: z.string(),
  stepMin: z.number(),
  controlledSegments: z.array(z.string()),
  days: z.array(
    z.object({
      dayType: z.string(),
      segments: z.array(
        z.object({ segment: z.string(), label: z.string(), isControlled: z.boolean(), loadKw: z.array(z.number()) }),
      ),
      uncontrolledKw: z.array(z.number()),
      controlledKw: z.array(z.number()),
      energyKwh: z.number(),
      peakKw: z.object({ uncontrolled: z.number(), controlled: z.number() }),
    }),
  ),
});
export type ApplyControlModelResult = z.output<typeof applyControlModelResult>;
