import type { Metadata } from "next";
import { DeletePipeline } from "#components/pipelines/delete-pipeline";
import { PipelineForm } from "#components/pipelines/pipeline-form";
import { Page } from "#components/shell/page";
import { ErrorState } from "#components/ui/error-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { foundOr404 } from "#lib/http/found-or-404";
import { pipelineParams } from "#lib/http/params";
import { getPipeline } from "#lib/pipelines/service/get-pipeline";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Change pipeline" };

export default async function PipelineSettingsPage({ params }: { params: Promise<{ pipelineId: string }> }) {
  const ctx = await pageContext();
  const { pipelineId } = await params;
  const pipeline = await foundOr404(pipelineParams, { pipelineId }, () => getPipeline(ctx, pipelineId));
  const { timeZone } = await findWorkspace(ctx);
  return (
    <Page
      crumbs={[
        { label: "Pipelines", href: "/pipelines" },
        { label: pipeline.name, href: `/pipelines/${pipeline.id}` },
        { label: "Change" },
      ]}
    >
      <div className="gutter-x max-w-[680px] pt-[22px] pb-10">
        <PageHead title={`Change ${pipeline.name}`} />
        {can(ctx, "pipelines:write") ? (
          <>
            <PipelineForm pipeline={pipeline} timeZone={timeZone} />
            <div className="mt-8 border-t border-line pt-5">
              <DeletePipeline pipelineId={pipeline.id} name={pipeline.name} />
            </div>
          </>
        ) : (
          <ErrorState title="You can view pipelines, not change them">
            Editors can. Ask an owner of this workspace to change your role.
          </ErrorState>
        )}
      </div>
    </Page>
  );
}
