import type { Ctx } from "#lib/auth/context";
import { summariseReport } from "#lib/datasets/core/quality-sentences";
import { countOf } from "#lib/format/lists";
import type { Decision } from "../decision.ts";
import {
  listBrokenRuns,
  listDroppedDatasets,
  listFreshResults,
  listStuckUploads,
  type DroppedDataset,
  type EndedRun,
  type StuckUpload,
} from "../store.ts";

const DAY_MS = 86_400_000;

/** What the platform itself has for a person: files, datasets and runs of the last week, own results of today. */
export async function listDecisions(ctx: Ctx): Promise<Decision[]> {
  const before = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
  const [uploads, runs, datasets, results] = await Promise.all([
    listStuckUploads(ctx, before(7)),
    listBrokenRuns(ctx, before(7)),
    listDroppedDatasets(ctx, before(7)),
    ctx.actor.kind === "user" ? listFreshResults(ctx, ctx.actor.userId, before(1)) : [],
  ]);
  return [...runs.map(fromRun), ...uploads.map(fromUpload), ...datasets.map(fromDataset), ...results.map(fromResult)];
}

function fromUpload(upload: StuckUpload): Decision {
  const needsMapping = upload.state !== "rejected";
  return {
    key: `upload:${upload.id}`,
    state: needsMapping ? "suspect" : "fault",
    subject: upload.fileName,
    words: needsMapping ? "waits for its columns to be named" : "was rejected",
    detail: upload.reason ?? "",
    at: upload.at.toISOString(),
    href: `/uploads?upload=${upload.id}`,
    action: needsMapping ? "Map columns" : "See why",
  };
}

function fromRun(run: EndedRun): Decision {
  return {
    key: `run:${run.id}`,
    state: "fault",
    subject: run.title,
    words: run.state === "lost" ? "was lost" : run.state === "timed_out" ? "ran out of time" : "failed",
    detail: run.errorDetail ?? "",
    at: run.at.toISOString(),
    href: `/runs/${run.id}`,
    action: "See run",
  };
}

function fromDataset({ id, name, report, at }: DroppedDataset): Decision {
  return {
    key: `dataset:${id}`,
    state: "suspect",
    subject: name,
    words: `has ${countOf(report.rowsDropped - report.duplicates, "dropped row")}`,
    detail: summariseReport(report),
    at: at.toISOString(),
    href: `/datasets/${id}`,
    action: "See report",
  };
}

function fromResult(run: EndedRun): Decision {
  return {
    key: `result:${run.id}`,
    state: "info",
    subject: run.title,
    words: "has a result",
    detail: "You started it.",
    at: run.at.toISOString(),
    href: `/runs/${run.id}`,
    action: "Open result",
  };
}
