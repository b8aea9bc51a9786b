import type { z } from "zod";
import type { ViewSpec } from "#lib/charts/spec";
import type { Random } from "#lib/math/random";

export interface RunTools {
  /** Aborted on cancel and time-out; long loops check it. */
  signal: AbortSignal;
  /** Seeded from the run, so that the same run computes the same bytes. */
  rng: Random;
  /** Share done (0 to 1) and, when the phase changes, its name. */
  onProgress: (fraction: number, step?: string) => void;
  log: (level: "info" | "warn" | "error", text: string) => void;
  /** Resident bytes of programs it started, which nobody else sees. */
  onMemory: (startedBytes: number) => void;
}

/**
 * A versioned computation, declared once: form, run page, job, cache and export come from this. `version` rises
 * when numbers change. `run` is pure: time and randomness arrive as arguments, data as `inputs`.
 *
 * `Inputs` is what a caller names (ids), `Data` what the platform reads for it before `run`.
 */
export interface Algorithm<
  Params extends z.ZodType = z.ZodType,
  Inputs extends z.ZodType = z.ZodType,
  Data = unknown,
  Result extends z.ZodType = z.ZodType,
> {
  slug: string;
  version: number;
  title: string;
  summary: string;
  params: Params;
  inputs: Inputs;
  result: Result;
  timeoutS: number;
  memoryMb: number;
  /** What starts it, when people do not choose it themselves. */
  startedBy?: "upload" | "pipeline" | "app";
  /** How long it may take to end in order after `signal` has been aborted; without it, it is killed at once. */
  stopGraceS?: number;
  /** Job that follows every final state, payload `{ workspaceId, runId }`. */
  afterRunJob?: string;
  run: (params: z.output<Params>, data: Data, tools: RunTools) => Promise<z.input<Result>> | z.input<Result>;
  view: (result: z.output<Result>, params: z.output<Params>) => ViewSpec[];
}

export function defineAlgorithm<P extends z.ZodType, I extends z.ZodType, D, R extends z.ZodType>(
  algorithm: Algorithm<P, I, D, R>,
): Algorithm<P, I, D, R> {
  return algorithm;
}
