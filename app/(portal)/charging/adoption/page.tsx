import type { Metadata } from "next";
import { TablePage } from "#components/charging/tables/table-page";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { tableQuery, tableView } from "#lib/charging/tables/schema";
import { getTable } from "#lib/charging/tables/service/get-table";
import { foundOr404 } from "#lib/http/found-or-404";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Adoption" };

interface PageProps {
  searchParams: Promise<{ version?: string | string[] }>;
}

export default async function AdoptionPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const { version } = await searchParams;
  const table = await foundOr404(tableQuery, { version }, () =>
    getTable(ctx, "adoption", version === undefined ? undefined : Number(version)),
  );
  const { timeZone } = await findWorkspace(ctx);
  return (
    <TablePage
      table={tableView.parse(table)}
      mayChange={can(ctx, "charging:write")}
      timeZone={timeZone}
      now={ctx.now.toISOString()}
      emptyText="Add a row, or import a CSV with county, year and evCount or shareFraction."
    >
      How many electric vehicles a county has in a year, or which share of all: what a forecast of load begins with.
    </TablePage>
  );
}
