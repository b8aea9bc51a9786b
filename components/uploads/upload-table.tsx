"use client";

import { FileArchive, FileSpreadsheet, FileText } from "lucide-react";
import { memo, useState } from "react";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { UploadStateBadge } from "#components/ui/upload-state-badge";
import { formatBytes } from "#lib/format/bytes";
import { classNames } from "#lib/format/class-names";
import { countOf } from "#lib/format/lists";
import { ProgressCell } from "./progress-cell.tsx";
import { RowActions, type RowCommands } from "./row-actions.tsx";
import type { UploadRow } from "./upload-rows.ts";

/** More lines than anyone reads; a dropped folder may have thousands that wait. */
const WAITING_SHOWN = 30;

interface UploadTableProps extends RowCommands {
  rows: readonly UploadRow[];
  kindLabels: Readonly<Record<string, string>>;
  selectedId: string | null;
  onSelect: (row: UploadRow) => void;
}

/** Transfers and stored uploads in one table; two-line blocks on a phone. */
export function UploadTable({ rows, kindLabels, selectedId, onSelect, ...commands }: UploadTableProps) {
  const [showsAll, setShowsAll] = useState(false);
  const waiting = rows.filter(isWaiting);
  const hiddenCount = showsAll ? 0 : Math.max(0, waiting.length - WAITING_SHOWN);
  const hidden = new Set(hiddenCount > 0 ? waiting.slice(WAITING_SHOWN) : []);
  return (
    <>
      <Table label="Uploads" className="md:table-fixed">
        <Thead>
          <Th>File</Th>
          <Th widthPx={178}>State</Th>
          <Th className="w-[37%]">Progress or result</Th>
          <Th widthPx={84}>
            <span className="sr-only">Actions</span>
          </Th>
        </Thead>
        <Tbody>
          {rows
            .filter((row) => !hidden.has(row))
            .map((row) => (
              <TableRow
                key={row.id}
                row={row}
                kindLabel={kindLabels[row.kind] ?? (row.kind === "auto" ? null : row.kind)}
                isSelected={row.id === selectedId}
                onSelect={onSelect}
                {...commands}
              />
            ))}
        </Tbody>
      </Table>
      {hiddenCount > 0 ? (
        <p className="py-3 text-sm text-muted">
          and {countOf(hiddenCount, "more file")} waiting in line.{" "}
          <Button variant="ghost" size="sm" onClick={() => setShowsAll(true)}>
            Show all
          </Button>
        </p>
      ) : null}
    </>
  );
}

function isWaiting(row: UploadRow): boolean {
  return row.look === "waiting";
}

interface TableRowProps extends RowCommands {
  row: UploadRow;
  kindLabel: string | null;
  isSelected: boolean;
  onSelect: (row: UploadRow) => void;
}

const TableRow = memo(function TableRow({ row, kindLabel, isSelected, onSelect, ...commands }: TableRowProps) {
  const canOpen = row.stored !== null;
  return (
    <Tr
      selected={isSelected}
      onClick={(event) => {
        if (canOpen && !(event.target instanceof Element && event.target.closest("a,button"))) onSelect(row);
      }}
      className={classNames("md:h-[54px]", canOpen && "cursor-pointer")}
    >
      <Td phone="main" className="min-w-0">
        <FileName row={row} kindLabel={kindLabel} isSelected={isSelected} onSelect={canOpen ? onSelect : null} />
      </Td>
      <Td>
        <div className="flex max-w-full min-w-0 max-md:pl-[26px] [&>span]:overflow-hidden">
          <UploadStateBadge state={row.look} suspect={row.isSuspect}>
            {row.stateText === null ? undefined : (
              <span className="truncate" title={row.stateText}>
                {row.stateText}
              </span>
            )}
          </UploadStateBadge>
        </div>
      </Td>
      <Td className="min-w-0 md:whitespace-normal!">
        <div className="max-md:pl-[26px]">
          <ProgressCell row={row} />
        </div>
      </Td>
      <Td phone="end">
        <RowActions row={row} {...commands} />
      </Td>
    </Tr>
  );
}, isSameRow);

/** Rows are rebuilt on every change of the queue; what they are made of keeps its identity. */
function isSameRow(before: TableRowProps, after: TableRowProps): boolean {
  return (
    before.row.live === after.row.live &&
    before.row.stored === after.row.stored &&
    before.row.id === after.row.id &&
    before.isSelected === after.isSelected &&
    before.kindLabel === after.kindLabel
  );
}

interface FileNameProps {
  row: UploadRow;
  kindLabel: string | null;
  isSelected: boolean;
  onSelect: ((row: UploadRow) => void) | null;
}

function FileName({ row, kindLabel, isSelected, onSelect }: FileNameProps) {
  const { fileName, relativePath, sizeBytes } = row;
  const folder = relativePath.includes("/") ? relativePath.slice(0, relativePath.lastIndexOf("/")) : null;
  const detail = [formatBytes(sizeBytes), kindLabel, folder].filter(Boolean).join(", ");
  return (
    <span className="flex items-center gap-2.5 max-md:items-start">
      <Icon icon={iconOf(fileName)} className="text-ink-2 max-md:mt-0.5" />
      <span className="min-w-0">
        {onSelect ? (
          <button
            type="button"
            aria-current={isSelected || undefined}
            onClick={() => onSelect(row)}
            title={fileName}
            className="block max-w-full truncate text-left font-medium text-ink"
          >
            {fileName}
          </button>
        ) : (
          <span className="block truncate font-medium" title={fileName}>
            {fileName}
          </span>
        )}
        <span className="block truncate text-xs text-muted" title={detail}>
          {detail}
        </span>
      </span>
    </span>
  );
}

function iconOf(fileName: string) {
  if (/\.(zip|gz|tgz|tar|bz2|xz|7z)$/i.test(fileName)) return FileArchive;
  return /\.(csv|tsv|txt|dat|parquet|jsonl?)$/i.test(fileName) ? FileSpreadsheet : FileText;
}
