import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PipelineTable } from "#components/pipelines/pipeline-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { listPipelines } from "#lib/pipelines/service/get-pipeline";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Pipelines" };

export default async function PipelinesPage() {
  const ctx = await pageContext();
  const [pipelines, { timeZone }] = await Promise.all([listPipelines(ctx), findWorkspace(ctx)]);
  const create = can(ctx, "pipelines:write") ? (
    <Button variant="primary" size="sm" icon={<Plus className="size-3.5" aria-hidden />} href="/pipelines/new">
      New pipeline
    </Button>
  ) : undefined;
  return (
    <Page crumbs={[{ label: "Pipelines" }]} actions={create}>
      <div className="gutter-x pt-[22px] pb-10">
        <PageHead title="Pipelines">
          From a source to faults, by itself: sensor list, nearest stations, readings, checks, summary.
        </PageHead>
        {pipelines.length === 0 ? (
          <EmptyState
            title="No pipeline yet"
            actions={
              create ? (
                <Button variant="primary" href="/pipelines/new">
                  New pipeline
                </Button>
              ) : undefined
            }
          >
            A pipeline asks a network’s service for new readings, each day or each hour, and looks for faults in them.
          </EmptyState>
        ) : (
          <PipelineTable pipelines={pipelines} timeZone={timeZone} now={ctx.now.toISOString()} />
        )}
      </div>
    </Page>
  );
}
