import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import { describeFinding } from "../core/quality-sentences.ts";
import { getDatasetKind, isDatasetKind } from "../registry.ts";
import type { datasetView } from "../schema.ts";
import { type DatasetRecord, findDataset, listDatasets } from "../store.ts";

type View = z.input<typeof datasetView>;

export async function requireDataset(ctx: Ctx, datasetId: string): Promise<DatasetRecord> {
  const dataset = await findDataset(ctx, datasetId);
  if (!dataset) throw new AppError("not_found", "There is no such dataset in this workspace.");
  return dataset;
}

export async function getDataset(ctx: Ctx, datasetId: string): Promise<View> {
  return toView(await requireDataset(ctx, datasetId));
}

export async function listDatasetViews(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number; kind?: string | undefined },
): Promise<Page<View>> {
  const { items, nextCursor } = await listDatasets(ctx, query);
  return { items: await Promise.all(items.map(toView)), nextCursor };
}

async function toView(dataset: DatasetRecord): Promise<View> {
  const kind = isDatasetKind(dataset.kind) ? await getDatasetKind(dataset.kind) : null;
  const findings = dataset.report.byRule.map((finding) => ({ rule: finding.rule, sentence: describeFinding(finding) }));
  return { ...dataset, kindLabel: kind?.label ?? dataset.kind, findings };
}
