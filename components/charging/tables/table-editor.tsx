"use client";

import { Download, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useSubmit } from "#components/auth/use-submit";
import { ImportButton } from "#components/charging/import-button";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { FieldError } from "#components/ui/field";
import { TextField } from "#components/ui/text-field";
import { TABLES } from "#lib/charging/tables/core/table-kinds";
import { tableView, type TableView } from "#lib/charging/tables/schema";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";
import { RowGrid } from "./row-grid.tsx";
import { draftRows, newRow, readRows, type RowDraft } from "./table-draft.ts";

interface TableEditorProps {
  table: TableView;
  isReadOnly: boolean;
  /** What belongs here, for a table without rows. */
  emptyText: string;
}

const PAGE_ROWS = 100;
const FAULTS_SHOWN = 4;

/** A table of the workspace: rows to type, import and export, saved as a new version. */
export function TableEditor({ table, isReadOnly, emptyText }: TableEditorProps) {
  const { kind } = table;
  const path = `/api/v1/charging/${kind}`;
  const router = useRouter();
  const [rows, setRows] = useState<readonly RowDraft[]>(() => draftRows(kind, table.rows));
  const [source, setSource] = useState(table.source);
  const [isTouched, setTouched] = useState(false);
  const [view, setView] = useState({ find: "", shown: PAGE_ROWS });
  const { pending, run, formError } = useSubmit();
  const reading = useMemo(() => readRows(kind, rows), [kind, rows]);
  const faults = useMemo(() => Map.groupBy(reading.faults, ({ row }) => row), [reading]);
  const found = useMemo(() => findRows(rows, view.find), [rows, view.find]);
  const change = (next: readonly RowDraft[]) => {
    setRows(next);
    setTouched(true);
  };
  const save = () =>
    run(async () => {
      const body = { rows: reading.rows, basedOn: table.id, source };
      await apiFetch(path, { method: "PUT", body, response: tableView });
      router.refresh();
    });
  const { columns, title } = TABLES[kind];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Find"
          className="w-56"
          value={view.find}
          onChange={(event) => setView({ find: event.target.value, shown: PAGE_ROWS })}
        />
        <span role="status" className="pb-2 text-xs text-muted">
          {view.find.trim() === "" ? countOf(rows.length, "row") : `${found.length} of ${countOf(rows.length, "row")}`}
        </span>
        <span className="flex-1" />
        {isReadOnly ? null : (
          <ImportButton
            title={`Import ${title.toLowerCase()}`}
            accept=".csv,.tsv,.txt,.json"
            onFile={async (file) => {
              const body = { ...file, basedOn: table.id };
              await apiFetch(`${path}/import`, { method: "POST", body, response: tableView });
              router.refresh();
            }}
          >
            CSV with a header or JSON, with {columns.map(({ key }) => key).join(", ")}. Its rows take the place of all
            rows here, as a new version.
          </ImportButton>
        )}
        {table.id ? (
          <Button size="sm" icon={Download} href={`${path}?format=csv&version=${table.version}`} download>
            CSV
          </Button>
        ) : null}
        {isReadOnly ? null : (
          <Button
            size="sm"
            icon={Plus}
            onClick={() => {
              change([newRow(kind, rows), ...rows]);
              setView({ ...view, find: "" });
            }}
          >
            Add a row
          </Button>
        )}
      </div>
      {reading.faults.slice(0, FAULTS_SHOWN).map((fault) => (
        <FieldError key={`${fault.row} ${fault.column}`}>
          Row {fault.row + 1}, {columns.find(({ key }) => key === fault.column)?.label}: {fault.message}
        </FieldError>
      ))}
      {reading.faults.length > FAULTS_SHOWN ? (
        <p className="text-xs text-muted">And {countOf(reading.faults.length - FAULTS_SHOWN, "more fault")}.</p>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title="No rows yet">{emptyText}</EmptyState>
      ) : (
        <RowGrid
          label={title}
          columns={columns}
          rows={found.slice(0, view.shown)}
          faults={faults}
          isReadOnly={isReadOnly}
          onChange={(at, column, text) =>
            change(rows.map((row, i) => (i === at ? { ...row, cells: { ...row.cells, [column]: text } } : row)))
          }
          onRemove={(at) => change(rows.filter((_, i) => i !== at))}
        />
      )}
      {found.length > view.shown ? (
        <div>
          <Button size="sm" onClick={() => setView({ ...view, shown: view.shown + 5 * PAGE_ROWS })}>
            Show more rows
          </Button>
        </div>
      ) : null}
      {isReadOnly || !isTouched ? null : (
        <div className="sticky bottom-0 max-[860px]:bottom-[60px] flex flex-wrap items-end gap-3 border-t border-line bg-surface py-3">
          <TextField
            label="Source"
            optional
            className="w-72"
            maxLength={500}
            value={source}
            onChange={(event) => setSource(event.target.value)}
          />
          <Button
            variant="primary"
            pending={pending}
            onClick={() => void save()}
            {...(reading.faults.length > 0
              ? { disabledReason: `${countOf(reading.faults.length, "fault")} to mend first.` }
              : {})}
          >
            Save as version {table.version + 1}
          </Button>
          {formError() ? <FieldError>{formError()}</FieldError> : null}
        </div>
      )}
    </div>
  );
}

function findRows(rows: readonly RowDraft[], find: string): { row: RowDraft; at: number }[] {
  const words = find.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ cells }: RowDraft) => {
    const text = Object.values(cells).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return rows.map((row, at) => ({ row, at })).filter(({ row }) => words.length === 0 || has(row));
}
