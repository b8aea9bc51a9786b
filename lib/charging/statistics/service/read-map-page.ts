import type { Ctx } from "#lib/auth/context";
import { listDatasetChoices } from "#lib/datasets/store";
import { AppError } from "#lib/errors";
import type { RegionsSpec } from "#lib/maps/regions/spec";
import type { RunDetail, RunSummary } from "#lib/runs/schema";
import { findRun, findRunResult, listRunChoices, listRuns } from "#lib/runs/store";
import { SESSION_KINDS } from "../../datasets/kinds.ts";
import { regionsOfStatistics } from "../regions.ts";
import { chargingStatisticsResult } from "../schema.ts";

const ALGORITHM = "charging-statistics";
/** Runs to choose from, and datasets that the offered run reads: as many as one may name. */
const CHOICES_MAX = 100;

export interface MapPageRun {
  id: string;
  title: string;
  version: number;
  finishedAt: string | null;
}

export interface ReadyMap {
  state: "ready";
  run: MapPageRun;
  spec: RegionsSpec;
  stationCount: number;
  unplacedSessions: number;
  /** What the numbers were computed from. */
  files: { name: string; datasetId: string | null }[];
  runs: { id: string; title: string; at: string }[];
}

export type ChargingMapPage =
  | ReadyMap
  /** Stored by an earlier version, which knew no codes of counties. */
  | { state: "outdated"; run: MapPageRun }
  /** No run yet; `newest` is one on its way, or that did not succeed. */
  | { state: "empty"; datasetIds: string[]; newest: RunSummary | null };

/**
 * What the map of a workspace shows: the run asked for, else the latest.
 * @throws AppError `not_found` when the run asked for is no finished run of charging statistics here.
 */
export async function readChargingMapPage(ctx: Ctx, runId: string | null): Promise<ChargingMapPage> {
  const runs = await listRunChoices(ctx, { kinds: [ALGORITHM], limit: CHOICES_MAX });
  const chosenId = runId ?? runs[0]?.id;
  if (chosenId === undefined) return readEmpty(ctx);
  const [run, stored] = await Promise.all([findRun(ctx, chosenId), findRunResult(ctx, chosenId)]);
  if (run?.algorithm !== ALGORITHM || run.state !== "succeeded") {
    throw new AppError("not_found", "There is no finished run of charging statistics with this id in this workspace.");
  }
  const result = chargingStatisticsResult.safeParse(stored?.result);
  if (!result.success) return { state: "outdated", run: toMapRun(run) };
  return {
    state: "ready",
    run: toMapRun(run),
    spec: regionsOfStatistics(result.data),
    stationCount: result.data.stations.length,
    unplacedSessions: result.data.unplacedSessions,
    files: run.artifacts
      .filter(({ direction }) => direction === "input")
      .map(({ name, datasetId }) => ({ name, datasetId })),
    runs: runs.map(({ id, title, queuedAt }) => ({ id, title, at: queuedAt.toISOString() })),
  };
}

function toMapRun({ id, title, version, finishedAt }: RunDetail): MapPageRun {
  return { id, title, version, finishedAt };
}

async function readEmpty(ctx: Ctx): Promise<ChargingMapPage> {
  const [datasets, newest] = await Promise.all([
    listDatasetChoices(ctx, { kinds: [...SESSION_KINDS], limit: CHOICES_MAX }),
    listRuns(ctx, { algorithm: ALGORITHM, limit: 1 }),
  ]);
  return { state: "empty", datasetIds: datasets.map(({ id }) => id), newest: newest.items[0] ?? null };
}
