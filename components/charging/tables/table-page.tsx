import type { ReactNode } from "react";
import { ChargingViews } from "#components/charging/charging-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { Tag } from "#components/ui/tag";
import { TABLES } from "#lib/charging/tables/core/table-kinds";
import { VersionTable, type SavedVersion } from "#components/charging/version-table";
import type { TableView } from "#lib/charging/tables/schema";
import { countOf } from "#lib/format/lists";
import { TableEditor } from "./table-editor.tsx";

interface TablePageProps {
  table: TableView;
  mayChange: boolean;
  timeZone: string;
  now: string;
  emptyText: string;
  children: ReactNode;
}

/** The page of a table of the workspace: the newest version to change, or an earlier one to look at. */
export function TablePage({ table, mayChange, timeZone, now, emptyText, children }: TablePageProps) {
  const { kind, id, version, versions } = table;
  const { title } = TABLES[kind];
  const isNewest = id === (versions[0]?.id ?? null);
  return (
    <Page
      crumbs={[{ label: "Charging", href: "/charging" }, { label: title }]}
      views={<ChargingViews current={kind} />}
    >
      <div className="gutter-x pt-[22px] pb-6 max-md:pt-4">
        <PageHead title={title} badges={version > 0 ? <Tag>version {version}</Tag> : undefined}>
          {children}
          {table.source ? ` Source: ${table.source}.` : ""}
        </PageHead>
        {isNewest ? null : (
          <Note
            state="info"
            className="mb-4"
            actions={
              <Button size="sm" href={`/charging/${kind}`}>
                Open the newest
              </Button>
            }
          >
            This is an earlier version. It stays as it is.
          </Note>
        )}
        <TableEditor key={id ?? "new"} table={table} isReadOnly={!mayChange || !isNewest} emptyText={emptyText} />
      </div>
      <VersionTable versions={versionsOf(table)} timeZone={timeZone} now={now} />
    </Page>
  );
}

function versionsOf({ kind, version: shown, versions }: TableView): SavedVersion[] {
  return versions.map(({ rowCount, ...one }, at) => ({
    ...one,
    href: `/charging/${kind}${at === 0 ? "" : `?version=${one.version}`}`,
    isShown: one.version === shown,
    isNewest: at === 0,
    size: countOf(rowCount, "row"),
  }));
}
