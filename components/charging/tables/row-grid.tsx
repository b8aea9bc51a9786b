"use client";

import { X } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import type { RowFault, TableColumn } from "#lib/charging/tables/core/table-kinds";
import { classNames } from "#lib/format/class-names";
import type { RowDraft } from "./table-draft.ts";

interface RowGridProps {
  label: string;
  columns: readonly TableColumn[];
  /** With their position in the whole table. */
  rows: readonly { row: RowDraft; at: number }[];
  faults: ReadonlyMap<number, readonly RowFault[]>;
  isReadOnly: boolean;
  onChange: (at: number, column: string, text: string) => void;
  onRemove: (at: number) => void;
}

/** Cells that are typed into, one row per line. */
export function RowGrid({ label, columns, rows, faults, isReadOnly, onChange, onRemove }: RowGridProps) {
  return (
    <Table label={label} wide dense>
      <Thead>
        <Th num widthPx={52}>
          Row
        </Th>
        {columns.map((column) => (
          <Th key={column.key} num={column.isNumber}>
            {column.label}
            {column.unit ? <span className="font-normal">, {column.unit}</span> : null}
          </Th>
        ))}
        {isReadOnly ? null : <Th />}
      </Thead>
      <Tbody>
        {rows.map(({ row, at }) => (
          <Tr key={row.key}>
            <Td num muted className="tabular-nums">
              {at + 1}
            </Td>
            {columns.map((column) => (
              <Td key={column.key} num={column.isNumber}>
                {isReadOnly ? (
                  <span className="tabular-nums">{row.cells[column.key] || "–"}</span>
                ) : (
                  <Cell
                    column={column}
                    name={`${column.label}, row ${at + 1}`}
                    text={row.cells[column.key] ?? ""}
                    fault={faults.get(at)?.find((fault) => fault.column === column.key)?.message}
                    onChange={(text) => onChange(at, column.key, text)}
                  />
                )}
              </Td>
            ))}
            {isReadOnly ? null : (
              <Td num>
                <IconButton label={`Remove row ${at + 1}`} icon={X} size="sm" onClick={() => onRemove(at)} />
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

interface CellProps {
  column: TableColumn;
  name: string;
  text: string;
  fault: string | undefined;
  onChange: (text: string) => void;
}

function Cell({ column, name, text, fault, onChange }: CellProps) {
  const look = classNames(
    "h-[26px] w-full rounded-xs border bg-transparent px-1.5 text-sm tabular-nums hover:bg-raised focus:bg-raised",
    column.isNumber ? "min-w-14 text-right" : "min-w-22",
    fault ? "border-fault" : "border-transparent hover:border-line focus:border-control",
  );
  const wiring = {
    "aria-label": name,
    "aria-invalid": fault ? true : undefined,
    title: fault,
    className: look,
  } as const;
  if (column.options) {
    return (
      <select {...wiring} value={text} onChange={(event) => onChange(event.target.value)}>
        {column.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...wiring}
      inputMode={column.isNumber ? "decimal" : undefined}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
