import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";

export interface Fingerprint {
  /** What a person reads in lists: "Range, step and stuck check, SEA-0217". */
  title: string;
  /** Content hashes of everything the inputs name; part of the run key. */
  hashes: string[];
  /** Artifacts read, for lineage. */
  artifacts: { artifactId: string; name: string }[];
  /** Where the inputs decide what the run may use; otherwise the algorithm's own. */
  limits?: { timeoutS: number; memoryMb: number };
  /** Names of which only so many live runs of the workspace may hold one: it waits in the queue for its turn. */
  limitKeys?: string[];
  /** Asked before a new run is queued, not for a stored result; throws when it must not be. */
  admit?: () => Promise<void>;
}

export interface RunScope {
  ctx: Ctx;
  runId: string;
  /** The run's one transaction: what is written here becomes visible together with "succeeded", or never. */
  client: PoolClient;
  /** A private folder that is removed when the run ends. */
  tempDir: string;
}

/** Names what a run would read, without reading it: the web process asks this, so it stays light. */
export type FingerprintInputs<Inputs = unknown, Params = unknown> = (
  ctx: Ctx,
  asked: { inputs: Inputs; params: Params },
) => Promise<Fingerprint>;

/**
 * The worker's side of an algorithm: reads its inputs, writes what its result means for the domain. `run` itself
 * stays pure.
 */
export interface AlgorithmIo<Inputs = unknown, Params = unknown, Data = unknown, Result = unknown> {
  /** Finds out ahead what every run would, in a process that waits for its order. */
  prepare?: () => Promise<void>;
  open: (scope: RunScope, asked: { inputs: Inputs; params: Params }) => Promise<Data>;
  commit?: (scope: RunScope, done: { inputs: Inputs; params: Params; data: Data; result: Result }) => Promise<void>;
  /** Frees what `open` took; called whether the run succeeded or not. */
  close?: (data: Data) => Promise<void>;
}

export function defineAlgorithmIo<I, P, D, R>(io: AlgorithmIo<I, P, D, R>): AlgorithmIo<I, P, D, R> {
  return io;
}
