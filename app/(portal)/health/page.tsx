import type { Metadata } from "next";
import { HealthBoard } from "#components/health/health-board";
import { Page } from "#components/shell/page";
import { requirePermission } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { describeHealth } from "#lib/health/describe-health";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage() {
  const ctx = await pageContext();
  requirePermission(ctx, "health:read");
  const [first, { timeZone }] = await Promise.all([describeHealth(), findWorkspace(ctx)]);
  return (
    <Page crumbs={[{ label: "Health" }]}>
      <HealthBoard first={first} timeZone={timeZone} />
    </Page>
  );
}
