import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import type { SparkPlace } from "./place.ts";

/** @throws AppError when this installation has no Spark, before anything is queued that could never run. */
export function requireSpark(): void {
  if (env().FIELDPORT_SPARK === "none")
    throw new AppError(
      "unprocessable",
      "Spark is not set up in this installation (FIELDPORT_SPARK). Choose the engine duckdb, which gives the same figures.",
    );
}

/** Loaded only where it is used: most installations have none. */
export async function chooseSparkPlace(): Promise<SparkPlace> {
  if (env().FIELDPORT_SPARK === "emr") return (await import("./emr/emr-place.ts")).emrPlace();
  requireSpark();
  return (await import("./local/local-place.ts")).localPlace;
}
