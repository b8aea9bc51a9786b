import type { Metadata } from "next";
import { PipelineForm } from "#components/pipelines/pipeline-form";
import { Page } from "#components/shell/page";
import { ErrorState } from "#components/ui/error-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "New pipeline" };

export default async function NewPipelinePage() {
  const ctx = await pageContext();
  const { timeZone } = await findWorkspace(ctx);
  return (
    <Page crumbs={[{ label: "Pipelines", href: "/pipelines" }, { label: "New pipeline" }]}>
      <div className="gutter-x max-w-[680px] pt-[22px] pb-10">
        <PageHead title="New pipeline">Where readings come from, and when they are asked for.</PageHead>
        {can(ctx, "pipelines:write") ? (
          <PipelineForm pipeline={null} timeZone={timeZone} />
        ) : (
          <ErrorState title="You can view pipelines, not create them">
            Editors can. Ask an owner of this workspace to change your role.
          </ErrorState>
        )}
      </div>
    </Page>
  );
}
