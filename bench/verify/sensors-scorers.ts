import type { Check, VerifyRequest } from "./check.ts";
import { verifyBaselines } from "./sensors/baseline-checks.ts";
import { verifyNab } from "./sensors/nab-checks.ts";

/**
 * Proves the scorers of lib/sensors/scoring against the published NAB results and the stored baselines. The reference
 * holds no row-by-row detections, so NAB is checked through what its published figures imply (see sensors/nab-checks) and
 * the other scorers through the one baseline whose rule is written down, recomputed on the data.
 */
export function* verify(request: VerifyRequest): Generator<Check> {
  yield* verifyNab(request);
  yield* verifyBaselines(request);
}
