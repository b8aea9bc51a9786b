import type { Metadata } from "next";
import { AuditTable } from "#components/settings/audit-table";
import { NotForYou } from "#components/settings/not-for-you";
import { SettingsFrame } from "#components/settings/settings-frame";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { listAuditEvents } from "#lib/audit/store";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { isAppError } from "#lib/errors";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Audit log" };

const LIMIT = 50;

export default async function AuditPage({ searchParams }: { searchParams: Promise<{ cursor?: string }> }) {
  const ctx = await pageContext();
  const { cursor } = await searchParams;
  return (
    <SettingsFrame ctx={ctx} current="/settings/audit">
      {can(ctx, "audit:read") ? <Log cursor={cursor} /> : <NotForYou title="Audit log" role={ctx.role} />}
    </SettingsFrame>
  );
}

async function Log({ cursor }: { cursor: string | undefined }) {
  const ctx = await pageContext();
  const [page, workspace] = await Promise.all([readPage(cursor), findWorkspace(ctx)]);
  return (
    <>
      <PageHead
        title="Audit log"
        actions={
          <Button size="sm" href="/api/v1/audit/export" download>
            Export CSV
          </Button>
        }
      >
        Who did what in this workspace, newest first. Entries are never changed or removed.
      </PageHead>
      {page.items.length === 0 ? (
        <EmptyState title="Nothing has been done yet">
          Every permitted write of a person or a key appears here.
        </EmptyState>
      ) : (
        <AuditTable events={page.items} timeZone={workspace.timeZone} now={ctx.now} />
      )}
      <nav aria-label="Pages of the log" className="mt-4 flex gap-2">
        {cursor ? <Button href="/settings/audit">Newest</Button> : null}
        {page.nextCursor ? (
          <Button href={`/settings/audit?cursor=${encodeURIComponent(page.nextCursor)}`}>Older entries</Button>
        ) : null}
      </nav>
    </>
  );
}

/** An address with a cursor that is none of ours shows the newest entries. */
async function readPage(cursor: string | undefined) {
  const ctx = await pageContext();
  try {
    return await listAuditEvents(ctx, { limit: LIMIT, ...(cursor ? { cursor } : {}) });
  } catch (error) {
    if (!isAppError(error, "invalid_input")) throw error;
    return listAuditEvents(ctx, { limit: LIMIT });
  }
}
