import type { Metadata } from "next";
import { TablePage } from "#components/charging/tables/table-page";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { tableQuery, tableView } from "#lib/charging/tables/schema";
import { getTable } from "#lib/charging/tables/service/get-table";
import { foundOr404 } from "#lib/http/found-or-404";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Ports" };

interface PageProps {
  searchParams: Promise<{ version?: string | string[] }>;
}

export default async function PortsPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const { version } = await searchParams;
  const table = await foundOr404(tableQuery, { version }, () =>
    getTable(ctx, "ports", version === undefined ? undefined : Number(version)),
  );
  const { timeZone } = await findWorkspace(ctx);
  return (
    <TablePage
      table={tableView.parse(table)}
      mayChange={can(ctx, "charging:write")}
      timeZone={timeZone}
      now={ctx.now.toISOString()}
      emptyText="Add a row, or import a CSV with place, year, level and portCount."
    >
      How many charging ports a county or ZIP code has, by level; without a year, those of today.
    </TablePage>
  );
}
