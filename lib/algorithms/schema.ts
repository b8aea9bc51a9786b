import { z } from "zod";

export const algorithmView = z.object({
  slug: z.string(),
  version: z.number().int(),
  title: z.string(),
  summary: z.string(),
  timeoutS: z.number().int(),
  memoryMb: z.number().int(),
  startedBy: z
    .enum(["upload", "pipeline", "app"])
    .nullable()
    .meta({ description: "null: started by people and programs" }),
  /** JSON Schema of the parameters and inputs; labels, units and hints as extra members. */
  params: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.unknown()),
});
export type AlgorithmView = z.output<typeof algorithmView>;
