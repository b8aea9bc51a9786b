import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { runState } from "#lib/runs/schema";
import { appManifest, manifestFrom } from "./core/manifest.ts";
import { appParameter } from "./core/parameters.ts";
import { SECRET_CHARS_MIN } from "./core/redact.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const appSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and -, at most 63, beginning with a letter or digit");

const gitUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => new URL(url).username === "" && new URL(url).password === "", {
    message: "an address without user and password; give a deploy token instead, it is stored encrypted",
  });

export const appSource = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("bundle"),
    /** A checked upload of kind "file": a zip with the code. */
    uploadId: z.uuid(),
  }),
  z.strictObject({
    kind: z.literal("git"),
    url: gitUrl,
    /** Branch, tag or full hash; pinned to the commit it stands for now. */
    ref: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, "a branch, a tag or a commit")
      .default("main"),
  }),
]);
export type AppSource = z.output<typeof appSource>;

const secretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);
const secretValue = z
  .string()
  .min(SECRET_CHARS_MIN, `at least ${SECRET_CHARS_MIN} characters: shorter ones cannot be masked in logs`)
  .max(8000)
  .refine((text) => !text.includes("\0"), { message: "no NUL" });

const secrets = z.record(secretName, secretValue.nullable());

const settings = {
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(1000),
  /** Stands before fieldport.json in the code; null: that file counts, of a repository as soon as a worker has read it. */
  manifest: appManifest.nullable(),
  takesDropped: z.boolean(),
  /** Runs of all apps with the same key go one after the other; null for none. */
  concurrencyKey: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "letters, digits and . _ -, at most 63")
    .nullable(),
  gitToken: secretValue.nullable(),
};

export const createAppInput = z.strictObject({
  slug: appSlug,
  source: appSource,
  name: settings.name,
  description: settings.description.default(""),
  manifest: settings.manifest.default(null),
  takesDropped: settings.takesDropped.default(false),
  concurrencyKey: settings.concurrencyKey.default(null),
  gitToken: settings.gitToken.default(null),
  secrets: secrets.default({}),
});
export type CreateAppInput = z.output<typeof createAppInput>;

export const changeAppInput = z.strictObject({
  name: settings.name.optional(),
  description: settings.description.optional(),
  takesDropped: settings.takesDropped.optional(),
  concurrencyKey: settings.concurrencyKey.optional(),
  manifest: settings.manifest.optional(),
  source: appSource.optional(),
  gitToken: settings.gitToken.optional(),
  /** Null removes one; names left out stay. */
  secrets: secrets.optional(),
  isArchived: z.boolean().optional(),
});
export type ChangeAppInput = z.output<typeof changeAppInput>;

export const appRunSummary = z.object({
  id: z.uuid(),
  state: runState,
  step: z.string(),
  title: z.string(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  jobId: z.string().nullable(),
  revisionNo: z.number().int(),
  exitCode: z.number().int().nullable(),
  durationS: z.number().nullable(),
  /** Null while it runs, and without a price. */
  costUsd: z.number().nullable(),
  peakMemoryBytes: z.number().nullable(),
  /** The most seen by looking about once a second; null where nobody looked. */
  peakDiskBytes: z.number().nullable(),
});
export type AppRunSummary = z.output<typeof appRunSummary>;

export const appSummary = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  sourceKind: z.enum(["git", "bundle"]),
  /** Null until the fieldport.json of its repository has been read for the first time. */
  revisionNo: z.number().int().nullable(),
  isArchived: z.boolean(),
  takesDropped: z.boolean(),
  concurrencyKey: z.string().nullable(),
  createdBy: z.string(),
  createdAt: instant,
  /** Of the last 30 days. */
  succeeded: z.number().int(),
  failed: z.number().int(),
  machineS: z.number(),
  /** Of the runs whose machines have a price; null when none has. */
  costUsd: z.number().nullable(),
  /** Of the runs that succeeded. */
  meanDurationS: z.number().nullable(),
  lastRunAt: instant.nullable(),
});
export type AppSummary = z.output<typeof appSummary>;

/** A repository's fieldport.json that a worker is reading, or could not read; the app's next revision waits for it. */
export const manifestReading = z.object({
  state: z.enum(["reading", "failed"]),
  gitUrl: z.string(),
  gitRef: z.string(),
  commitSha: z.string(),
  /** Why it could not be read; while it is being read: why the last try did not come through. */
  detail: z.string().nullable(),
  /** What is wrong with the file, by the member it is at. */
  problems: z.array(z.object({ pointer: z.string(), detail: z.string() })),
  startedAt: instant,
});
export type ManifestReading = z.output<typeof manifestReading>;

export const appDetail = appSummary.extend({
  revisionId: z.uuid().nullable(),
  gitUrl: z.string().nullable(),
  gitRef: z.string().nullable(),
  commitSha: z.string().nullable(),
  codeSha256: z.string().nullable(),
  /** Null with the revision. */
  manifest: appManifest.nullable(),
  manifestFrom,
  /** Null when there is nothing to wait for: revision and manifest are the ones that were asked for last. */
  reading: manifestReading.nullable(),
  hasGitToken: z.boolean(),
  /** Names only; values are never given out. */
  secretNames: z.array(z.string()),
  /** Named by the manifest and not stored: runs fail until they are. */
  missingSecrets: z.array(z.string()),
});
export type AppDetail = z.output<typeof appDetail>;

export const startAppInput = z.strictObject({
  uploadId: z.uuid().optional(),
  artifactId: z.uuid().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  recompute: z.boolean().default(false),
});
export type StartAppInput = z.output<typeof startAppInput>;

export const listAppRunsQuery = pageQuery;

export const appExecution = z.object({
  runId: z.uuid(),
  appId: z.uuid(),
  appName: z.string(),
  revisionNo: z.number().int(),
  commitSha: z.string().nullable(),
  gitUrl: z.string().nullable(),
  /** What the program may use: the whole of its time, its memory, its disk. */
  timeoutS: z.number(),
  memoryMb: z.number(),
  diskMb: z.number(),
  /** What its manifest asked for; the values are the run's. */
  parameters: z.array(appParameter),
  executor: z.string(),
  attempt: z.number().int(),
  failedStep: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  durationS: z.number().nullable(),
  peakMemoryBytes: z.number().nullable(),
  /** The most seen by looking about once a second; null where nobody looked. */
  peakDiskBytes: z.number().nullable(),
  /** How long machines were paid for, with their boot, over all attempts; s. */
  machineS: z.number(),
  /** Of the last machine; null when no price is set. */
  usdPerHour: z.number().nullable(),
  costUsd: z.number().nullable(),
  machineLogId: z.uuid().nullable(),
  /** "none": the app wrote no log; null: not known yet. */
  appLog: z.union([z.uuid(), z.literal("none")]).nullable(),
  outputId: z.uuid().nullable(),
  partialId: z.uuid().nullable(),
  isLogTruncated: z.boolean(),
  settledAt: instant.nullable(),
});
export type AppExecution = z.output<typeof appExecution>;

export const runnerStatus = z.object({
  executor: z.string(),
  isAvailable: z.boolean(),
  reason: z.string().nullable(),
});

/** A dropped zip that started nothing, and why. */
export const refusedInput = z.object({ id: z.uuid(), jobId: z.string(), reason: z.string(), at: instant });
export type RefusedInput = z.output<typeof refusedInput>;

export const runnerQuotas = z.object({
  /** Runs of apps in progress at once; null = as many as there are workers for. */
  runsAtOnceMax: z.number().int().nullable(),
  /** Processor time of a calendar month, hours; null = no limit. */
  cpuHoursMax: z.number().nullable(),
  /** What machines of a calendar month may cost; null = no limit. */
  usdMax: z.number().nullable(),
  liveRuns: z.number().int(),
  waitingRuns: z.number().int(),
  cpuHoursUsed: z.number(),
  usdUsed: z.number(),
  monthStartAt: z.iso.datetime(),
  monthEndAt: z.iso.datetime(),
});
export type RunnerQuotas = z.output<typeof runnerQuotas>;

export const changeRunnerQuotas = z.strictObject({
  runsAtOnceMax: z.number().int().min(1).max(1000).nullable(),
  cpuHoursMax: z.number().positive().max(1_000_000).nullable(),
  usdMax: z.number().positive().max(1_000_000).nullable().default(null),
});
export type ChangeRunnerQuotas = z.output<typeof changeRunnerQuotas>;
