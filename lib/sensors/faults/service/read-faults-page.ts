import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { pageOf } from "#lib/http/pagination";
import { faultsQuery, faultSummary, type FaultReviewState, type FaultSummary } from "../schema.ts";
import { countFaults, listFaults } from "../store.ts";

const entries = pageOf(faultSummary);
/** An address typed wrong shows what is to be reviewed. */
const addressQuery = z.object({
  review: faultsQuery.shape.review.catch(undefined),
  kind: faultsQuery.shape.kind.catch(undefined),
  sensor: faultsQuery.shape.sensorId.catch(undefined),
});

export interface FaultsPage {
  review: FaultReviewState;
  kind: FaultSummary["kind"] | undefined;
  /** Only faults of this sensor. */
  sensorId: string | undefined;
  faults: FaultSummary[];
  nextCursor: string | null;
  counts: Record<FaultReviewState, number>;
}

/** What the review queue shows for the query of its address. */
export async function readFaultsPage(ctx: Ctx, params: Record<string, unknown>): Promise<FaultsPage> {
  const { review = "unreviewed", kind, sensor: sensorId } = addressQuery.parse(params);
  const [page, counts] = await Promise.all([
    listFaults(ctx, { review, limit: 100, ...(kind ? { kind } : {}), ...(sensorId ? { sensorId } : {}) }),
    countFaults(ctx),
  ]);
  const { items, nextCursor } = entries.parse(page);
  return { review, kind, sensorId, faults: items, nextCursor, counts };
}

const SENSOR_FAULTS_MAX = 5;

/** The heaviest faults of one sensor, whatever people said of them. */
export async function listFaultsOfSensor(ctx: Ctx, sensorId: string): Promise<FaultSummary[]> {
  return entries.parse(await listFaults(ctx, { sensorId, limit: SENSOR_FAULTS_MAX })).items;
}
