import type { Metadata } from "next";
import { GeneralForm } from "#components/settings/general-form";
import { NewWorkspace } from "#components/settings/new-workspace";
import { SettingsFrame } from "#components/settings/settings-frame";
import { CopyButton } from "#components/ui/copy-button";
import { KeyValues } from "#components/ui/key-values";
import { PageHead } from "#components/ui/page-head";
import { SectionHead } from "#components/ui/section";
import { can, type Ctx } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { formatBytes } from "#lib/format/bytes";
import { readQuota } from "#lib/uploads/store";
import { findWorkspace, type WorkspaceRecord } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Settings" };

export default async function GeneralPage() {
  const ctx = await pageContext();
  const [workspace, quota] = await Promise.all([findWorkspace(ctx), readQuota(ctx)]);
  const canManage = can(ctx, "workspace:manage");
  return (
    <SettingsFrame ctx={ctx} current="/settings">
      <PageHead title="General" actions={canManage ? <NewWorkspace timeZone={workspace.timeZone} /> : undefined}>
        {canManage ? "The name and the clock of this workspace." : "Owners of this workspace can change these."}
      </PageHead>
      {canManage ? <GeneralForm key={workspace.id} workspace={workspace} /> : <ReadOnly workspace={workspace} />}
      <section className="mt-8 max-w-[520px] border-t border-line pt-[18px]">
        <SectionHead title="This workspace" />
        <KeyValues ruled items={factsOf(workspace, quota.usedBytes, ctx)} />
      </section>
    </SettingsFrame>
  );
}

function factsOf(workspace: WorkspaceRecord, usedBytes: number, ctx: Ctx) {
  return [
    { key: "Your role", value: ctx.role ?? "none" },
    { key: "Stored", value: `${formatBytes(usedBytes)} of ${formatBytes(workspace.quotaBytes)}` },
    { key: "Short name", value: <code>{workspace.slug}</code> },
    {
      key: "Id",
      value: (
        <span className="inline-flex items-center gap-1">
          <code>{workspace.id}</code>
          <CopyButton text={workspace.id} what="workspace id" />
        </span>
      ),
    },
  ];
}

function ReadOnly({ workspace }: { workspace: WorkspaceRecord }) {
  const { name, description, timeZone } = workspace;
  return (
    <KeyValues
      items={[
        { key: "Name", value: name },
        { key: "Description", value: description || "–" },
        { key: "Time zone", value: timeZone },
      ]}
    />
  );
}
