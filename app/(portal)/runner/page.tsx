import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { AppTable } from "#components/runner/app-table";
import { QuotaSection } from "#components/runner/quota-section";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { listApps } from "#lib/runner/service/get-app";
import { getQuotas } from "#lib/runner/service/quotas";
import { runnerStatus } from "#lib/runner/service/runner-status";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Apps" };

export default async function AppsPage() {
  const ctx = await pageContext();
  const [apps, status, { timeZone }, quotas] = await Promise.all([
    listApps(ctx),
    runnerStatus(),
    findWorkspace(ctx),
    getQuotas(ctx),
  ]);
  const isEditor = can(ctx, "runner:write");
  const create = isEditor ? (
    <Button variant="primary" size="sm" icon={<Plus className="size-3.5" aria-hidden />} href="/runner/new">
      New app
    </Button>
  ) : undefined;
  return (
    <Page crumbs={[{ label: "Apps" }]} actions={create}>
      <div className="gutter-x pt-[22px] pb-10">
        <PageHead title="Apps">
          Your own Python programs on uploaded zips: isolated, within limits, always with a log.
        </PageHead>
        {status.isAvailable ? null : (
          <Note state="suspect" title="Apps cannot be run here" className="mb-4">
            {status.reason}
          </Note>
        )}
        {apps.length === 0 ? (
          <EmptyState
            title="No app yet"
            actions={
              isEditor ? (
                <Button variant="primary" href="/runner/new">
                  New app
                </Button>
              ) : undefined
            }
          >
            An app is a zip or a Git repository with a Python program that reads one zip and writes another. The folder
            examples/hourly-means of Fieldport has one to begin with.
          </EmptyState>
        ) : (
          <AppTable apps={apps} timeZone={timeZone} now={ctx.now.toISOString()} />
        )}
      </div>
      <div className="border-t border-line">
        <QuotaSection quotas={quotas} timeZone={timeZone} mayChange={can(ctx, "workspace:manage")} />
      </div>
    </Page>
  );
}
