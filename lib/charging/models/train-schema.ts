import { z } from "zod";
import { sessionDatasetIds } from "../core/session-datasets.ts";
import type { SessionRows } from "./core/collect-sessions.ts";

const whole = (label: string, range: readonly [number, number, number], hint?: string) =>
  z
    .number()
    .int()
    .min(range[0])
    .max(range[1])
    .default(range[2])
    .meta({ label, ...(hint && { hint }) });

export const trainSessionModelParams = z.object({
  name: z.string().min(1).max(80).default("Own sessions").meta({ label: "Name of the model" }),
  componentsMax: whole("Components at most", [1, 16, 8], "How many there are, the data decide (BIC)."),
  sessionsMin: whole("Sessions at least", [20, 100_000, 100], "Of a segment and kind of day; fewer are left out."),
  groupSizeMin: whole(
    "Group size at least",
    [5, 1000, 10],
    "No number of the model stands for fewer sessions or drivers, so that it can be given to others.",
  ),
  withPlugDuration: z.boolean().default(false).meta({
    label: "With time plugged in",
    hint: "As a third dimension, for managed charging.",
  }),
  byBattery: z.boolean().default(false).meta({
    label: "By battery",
    hint: "Small and big ones apart, where sessions name the battery.",
  }),
  smallBatteryKwhMax: z.number().min(1).max(200).default(40).meta({ label: "Small up to", unit: "kWh" }),
  groupsMax: whole("Driver groups at most", [0, 32, 16], "Where sessions name drivers; 0 for none."),
  driverSessionsMin: whole("Sessions of a driver at least", [1, 1000, 25], "To belong to a group."),
});
export type TrainSessionModelParams = z.output<typeof trainSessionModelParams>;

export const trainSessionModelInputs = z.object({
  datasetIds: sessionDatasetIds,
});
export type TrainSessionModelInputs = z.output<typeof trainSessionModelInputs>;

export interface TrainSessionModelData {
  batches: AsyncIterable<SessionRows> | Iterable<SessionRows>;
  /** For progress. */
  rowCount: number;
  datasets: string[];
}
