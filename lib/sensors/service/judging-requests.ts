import type { Ctx } from "#lib/auth/context";
import { detectionRequest } from "../faults/service/request-detection.ts";
import { JUDGING_ALGORITHMS } from "../core/judging-algorithms.ts";

type JudgingRequest = Awaited<ReturnType<typeof detectionRequest>>;

/**
 * The runs that judge readings, in their order, as after every arrival and in every pipeline; where nothing is new the
 * stored results answer. `fromMs` limits the checks of one series, for readings that arrive all the time.
 */
export async function judgingRequests(ctx: Ctx, fromMs: number | null = null): Promise<JudgingRequest[]> {
  const [ofSeries, ofNetwork] = JUDGING_ALGORITHMS;
  return [
    fromMs === null
      ? { algorithm: ofSeries, params: { onlyNew: true }, inputs: {} }
      : { algorithm: ofSeries, params: {}, inputs: { fromMs } },
    { algorithm: ofNetwork, params: {}, inputs: {} },
    await detectionRequest(ctx),
  ];
}
