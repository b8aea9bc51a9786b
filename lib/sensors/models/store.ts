import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { DetectorMode, FaultKind } from "../detector/types.ts";

export interface ReviewedFault {
  sensorId: string;
  kind: FaultKind;
  mode: DetectorMode;
  score: number;
  review: "confirmed" | "disputed";
  beginAt: Date;
}

const LABELS_MAX = 50_000;

/** Faults that people confirmed or disputed; maintenance says nothing about the detector. */
export async function listReviewedFaults(ctx: Ctx): Promise<ReviewedFault[]> {
  const where = { workspaceId: ctx.workspaceId, review: { in: ["confirmed", "disputed"] } };
  const select = { sensorId: true, kind: true, mode: true, score: true, review: true, beginAt: true };
  const rows = await inWorkspace(ctx, (tx) =>
    tx.fault.findMany({ where, select, orderBy: { beginAt: "desc" }, take: LABELS_MAX }),
  );
  return rows as ReviewedFault[];
}

/** The newest model of the workspace: the run that trained it, and its result. */
export async function findNewestModel(ctx: Ctx): Promise<{ runId: string; result: unknown } | null> {
  const where = { workspaceId: ctx.workspaceId, algorithm: "train-fault-model", state: "succeeded" };
  const row = await inWorkspace(ctx, (tx) =>
    tx.run.findFirst({ where, orderBy: { finishedAt: "desc" }, select: { id: true, result: true } }),
  );
  return row && { runId: row.id, result: row.result };
}
