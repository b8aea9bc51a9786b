import type { Ctx } from "#lib/auth/context";
import { notify } from "#lib/notifications/service/notify";
import { listMembersToTell } from "../recipient-store.ts";

interface Failure {
  execution: { id: string; no: number; pipelineId: string };
  pipelineName: string;
  detail: string;
}

/** Owners and editors learn that a pipeline stands still; once per execution. */
export async function tellOfFailure(ctx: Ctx, { execution, pipelineName, detail }: Failure): Promise<void> {
  for (const userId of await listMembersToTell(ctx)) {
    await notify(ctx, {
      userId,
      kind: "pipeline_failed",
      title: `${pipelineName}: run ${execution.no} failed`,
      body: detail,
      link: `/pipelines/${execution.pipelineId}`,
      dedupeKey: `pipeline:${execution.id}:failed`,
    });
  }
}
