import { env } from "#lib/env";
import type { Executor, PaidMachine } from "./executor.ts";

/** What an hour of a machine costs, USD; null where nobody has said. This machine's own hours are free until then. */
export function usdPerHourOf(executor: Executor["name"], { isSpot, units }: PaidMachine): number | null {
  const { FIELDPORT_RUNNER_USD_PER_HOUR: full, FIELDPORT_RUNNER_SPOT_USD_PER_HOUR: spot } = env();
  const isOurs = executor === "sandbox" || executor === "fake";
  const price = isSpot ? (spot ?? full) : full;
  if (price === undefined) return isOurs ? 0 : null;
  return price * units;
}
