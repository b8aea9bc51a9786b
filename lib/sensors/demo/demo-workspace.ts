import { systemContext } from "#lib/auth/context";
import { createPipeline } from "#lib/pipelines/service/create-pipeline";
import { addFile } from "#lib/uploads/service/add-file";
import { ensureWorkspace, findWorkspaceBySlug } from "#lib/workspaces/store";
import { demoReadingsCsv, demoRegistryCsv } from "./csv.ts";
import { DEMO_NOTE, DEMO_WORKSPACE_NAME } from "./network.ts";
import { DEMO_STEP_MS, demoAnchorMs } from "./readings.ts";
import { findDemoState } from "./store.ts";
import { SUTHAHARAN_CREDIT, suthaharanReadingsCsv, suthaharanRegistryCsv } from "./suthaharan.ts";

export const DEMO_SLUG = "demo";
const SEED = "puget-sound";
const HISTORY_DAYS = 10;
const QUOTA_BYTES = 200e9;

/** Creates the demo workspace with its files; a second call changes nothing. */
export async function createDemoWorkspace(now: Date): Promise<{ id: string; isNew: boolean }> {
  const workspace = await ensureWorkspace({
    slug: DEMO_SLUG,
    name: DEMO_WORKSPACE_NAME,
    description: `${DEMO_NOTE} ${SUTHAHARAN_CREDIT}`,
    timeZone: "America/Los_Angeles",
    quotaBytes: QUOTA_BYTES,
  });
  if (!workspace.isNew) return workspace;
  const ctx = systemContext(workspace.id, "demo, synthetic data", now);
  const anchorMs = demoAnchorMs(now.getTime());
  const window = { fromMs: anchorMs - HISTORY_DAYS * 86_400_000, toMs: anchorMs, anchorMs };
  const files = [
    { fileName: "puget-sound-sensors-synthetic.csv", kind: "sensor-registry", chunks: [demoRegistryCsv(SEED)] },
    { fileName: "puget-sound-readings-synthetic.csv", kind: "sensor-readings", chunks: demoReadingsCsv(SEED, window) },
    { fileName: "suthaharan-2010-motes.csv", kind: "sensor-registry", chunks: [suthaharanRegistryCsv()] },
    { fileName: "suthaharan-2010-readings.csv", kind: "sensor-readings", chunks: suthaharanReadingsCsv() },
  ];
  for (const file of files) await addFile(ctx, file);
  await createPipeline(ctx, {
    slug: "sensor-network",
    name: "Puget Sound, every morning",
    settings: { source: { kind: "files" } },
    cron: "15 6 * * *",
    runsOnNewData: false,
  });
  return workspace;
}

/**
 * Continues the synthetic network up to now, as a file like any other, so that the demo is not silent an hour after
 * its first start. Faults stay where they were when the workspace was created.
 */
export async function extendDemo(now: Date): Promise<void> {
  const workspace = await findWorkspaceBySlug(DEMO_SLUG);
  if (!workspace) return;
  const ctx = systemContext(workspace.id, "demo, synthetic data", now);
  const state = await findDemoState(ctx);
  if (!state?.lastObservedAt || state.isArriving) return;
  const fromMs = demoAnchorMs(state.lastObservedAt.getTime()) + DEMO_STEP_MS;
  const toMs = demoAnchorMs(now.getTime()) + 1;
  if (toMs - fromMs < DEMO_STEP_MS) return;
  const anchorMs = demoAnchorMs(state.createdAt.getTime());
  const stamp = new Date(toMs).toISOString().slice(0, 16).replace(":", "");
  await addFile(ctx, {
    fileName: `puget-sound-readings-synthetic-${stamp}.csv`,
    kind: "sensor-readings",
    chunks: demoReadingsCsv(SEED, { fromMs, toMs, anchorMs }),
  });
}
