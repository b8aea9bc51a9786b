import { type Ctx, systemContext } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { listDatasetChoices } from "#lib/datasets/store";
import { enqueueJob } from "#lib/jobs/enqueue";
import { createRun } from "#lib/runs/service/create-run";
import { addFile } from "#lib/uploads/service/add-file";
import { demoSessionsCsv } from "./sessions.ts";

const FILE_NAME = "california-charging-sessions-synthetic.csv";
const SEED = "california";
/** Some 4 MB: enough for every county, and cleaned within seconds. */
const SESSIONS = 20_000;
const LOOK_EVERY_MS = 20_000;
/** A first start is done long before; a portal without a worker stops asking. */
const LOOKS_MAX = 90;

/** Gives the demo workspace charging sessions, so that a newcomer sees maps and forecasts with content. */
export async function addDemoSessions(workspaceId: string, now: Date): Promise<void> {
  const ctx = systemContext(workspaceId, "demo, synthetic data", now);
  await addFile(ctx, { fileName: FILE_NAME, kind: "charging-sessions", chunks: demoSessionsCsv(SEED, SESSIONS) });
  await lookLater(ctx, 1);
}

/** Once the file is a dataset, its statistics are computed; until then this looks again. */
export async function computeDemoStatistics(workspaceId: string, looks: number, now: Date): Promise<void> {
  const ctx = systemContext(workspaceId, "demo, synthetic data", now);
  const [dataset] = await listDatasetChoices(ctx, { kinds: ["charging-sessions"], limit: 1 });
  if (dataset) {
    await createRun(ctx, { algorithm: "charging-statistics", params: {}, inputs: { datasetIds: [dataset.id] } });
    return;
  }
  if (looks < LOOKS_MAX) await lookLater(ctx, looks + 1);
}

/** The key counts the looks: a job that is running would keep its successor of the same name away. */
async function lookLater(ctx: Ctx, looks: number): Promise<void> {
  const { workspaceId, now } = ctx;
  await inWorkspace(ctx, () =>
    enqueueJob(ctx, {
      name: "compute-demo-statistics",
      payload: { workspaceId, looks },
      key: `demo-statistics:${workspaceId}:${looks}`,
      runAt: new Date(now.getTime() + LOOK_EVERY_MS),
    }),
  );
}
