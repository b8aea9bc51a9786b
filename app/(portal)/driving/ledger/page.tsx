import type { Metadata } from "next";
import { DrivingViews } from "#components/driving/driving-views";
import { LedgerTable } from "#components/driving/ledger-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { pageContext } from "#lib/auth/page-context";
import { readLedger } from "#lib/driving/history/service/read-ledger";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Ledger" };
const HOURS = 48;

export default async function LedgerPage() {
  const ctx = await pageContext();
  const [ledger, { timeZone }] = await Promise.all([readLedger(ctx, HOURS), findWorkspace(ctx)]);
  const isEmpty = ledger.hours.length === 0;
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Ledger" }]}
      views={<DrivingViews current="/driving/ledger" />}
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead
          title={
            isEmpty
              ? "Nothing has come yet"
              : ledger.total.isBalanced
                ? "The ledger balances"
                : "The ledger does not balance"
          }
        >
          Received = stored + duplicate + rejected, and what was stored is in the table, counted now. The newest {HOURS}{" "}
          hours in which something came.
        </PageHead>
        {isEmpty ? (
          <EmptyState title="No record yet" actions={<Button href="/driving">How to send one</Button>}>
            Every call is entered here, with what became of its records.
          </EmptyState>
        ) : (
          <LedgerTable ledger={ledger} timeZone={timeZone} now={ctx.now} />
        )}
      </div>
    </Page>
  );
}
