import { canonicalJson, sha256Hex } from "#lib/ids";

export interface RunIdentity {
  algorithm: string;
  version: number;
  params: unknown;
  inputHashes: readonly string[];
  /** Present when someone asked to compute again: makes the key of its own. */
  nonce?: string | undefined;
}

/** The identity of a computation: equal keys mean equal results, so one stored result serves all. */
export function runKeyOf({ algorithm, version, params, inputHashes, nonce }: RunIdentity): string {
  return sha256Hex(canonicalJson([algorithm, version, params, inputHashes, nonce ?? null]));
}
