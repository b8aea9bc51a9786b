import { z } from "zod";
import { columnMapping } from "#lib/datasets/core/mapping";

const question = z.object({
  id: z.string(),
  column: z.string().optional(),
  text: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  required: z.boolean(),
});

/** What a mapping dialog needs: the first rows, and per kind what we would propose. */
export const uploadPreview = z.object({
  fileName: z.string(),
  columns: z.array(z.string()),
  sampleRows: z.array(z.array(z.string())),
  kind: z.string().nullable(),
  mapping: columnMapping.nullable(),
  questions: z.array(question),
});
export type UploadPreview = z.output<typeof uploadPreview>;
