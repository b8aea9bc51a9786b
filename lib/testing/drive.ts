import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { advanceExecution } from "#lib/pipelines/advance/advance-execution";
import { ChildPool } from "#lib/runs/execute/child-pool";
import { executeRun } from "#lib/runs/execute/execute-run";
import { checkUpload } from "#lib/uploads/service/check-upload";

/** Works for one workspace as workers would, one thing after the other, so that a test decides what happens when. */
export class Driver {
  readonly #pool = new ChildPool();
  readonly #ctx: Ctx;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Checks uploads and executes queued runs; answers whether there was anything to do. */
  async work(): Promise<boolean> {
    const ctx = this.#ctx;
    const where = { workspaceId: ctx.workspaceId };
    const uploads = await inWorkspace(ctx, (tx) => tx.upload.findMany({ where: { ...where, state: "stored" } }));
    for (const { id } of uploads) await checkUpload(ctx, id, new AbortController().signal);
    const runs = await inWorkspace(ctx, (tx) => tx.run.findMany({ where: { ...where, state: "queued" } }));
    const tools = { pool: this.#pool, workerId: "driver", shutdown: new AbortController().signal };
    for (const { id } of runs) await executeRun(id, tools);
    return uploads.length + runs.length > 0;
  }

  /** Takes an execution as far as it goes without waiting for the clock. */
  async drive(executionId: string, now = new Date()): Promise<void> {
    for (let i = 0; i < 60; i++) {
      await advanceExecution({ ...this.#ctx, now }, executionId);
      if (!(await this.work())) return;
    }
    throw new Error("The execution does not come to rest.");
  }

  close(): void {
    this.#pool.close();
  }
}
