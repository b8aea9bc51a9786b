import { z } from "zod";

export const runAppParams = z.record(z.string().max(40), z.union([z.string(), z.number(), z.boolean()]));
export type RunAppParams = z.output<typeof runAppParams>;

export const runAppInputs = z.object({
  appId: z.uuid(),
  revisionId: z.uuid(),
  /** The zip it runs on. */
  artifactId: z.uuid(),
});
export type RunAppInputs = z.output<typeof runAppInputs>;

export const runAppResult = z.object({
  exitCode: z.literal(0),
  durationS: z.number(),
  cpuS: z.number().nullable(),
  peakMemoryBytes: z.number().nullable(),
  /** Results from before it was measured have none. */
  peakDiskBytes: z.number().nullable().default(null),
  commitSha: z.string().nullable(),
  codeSha256: z.string(),
  python: z.string(),
  /** As installed: "numpy==2.3.1". */
  packages: z.array(z.string()),
  isLogTruncated: z.boolean(),
  output: z.object({
    artifactId: z.uuid().nullable(),
    sizeBytes: z.number(),
    fileCount: z.number().int(),
    /** The first of them. */
    files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
  }),
});
export type RunAppResult = z.output<typeof runAppResult>;
