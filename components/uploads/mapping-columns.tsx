"use client";

import { ChevronDown } from "lucide-react";
import { CONTROL, controlFrame } from "#components/ui/field";
import { Icon } from "#components/ui/icon";
import { StateShape } from "#components/ui/state-shape";
import type { ColumnRole, DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping, MappedColumn } from "#lib/datasets/core/mapping";
import { classNames } from "#lib/format/class-names";
import type { Sniff } from "#lib/tables/sniff";
import { findUnit } from "#lib/units/convert";
import { findObservedProperty } from "#lib/units/observed-properties";
import { UNITS } from "#lib/units/unit-catalogue";
import { editColumn } from "./mapping-edits.ts";
import { QuantityInput } from "./quantity-field.tsx";

const SAMPLES = 3;
/** Below this the proposal is a guess a person should look at. */
const SURE = 0.6;

interface MappingColumnsProps {
  kind: DatasetKind;
  mapping: ColumnMapping;
  sniff: Sniff;
  confidence: Readonly<Record<string, number>>;
  onChange: (mapping: ColumnMapping) => void;
}

/** One line per column of the file: its name, first values, and what it becomes. */
export function MappingColumns({ kind, mapping, sniff, confidence, onChange }: MappingColumnsProps) {
  return (
    <section aria-labelledby="mapping-columns" className="mt-5">
      <h3 id="mapping-columns" className="mb-1 text-sm">
        Columns
      </h3>
      <ul>
        {mapping.columns.map((column) => {
          const index = sniff.columns.indexOf(column.source);
          const samples = sniff.sampleRows.map((row) => row[index] ?? "").filter((cell) => cell.trim() !== "");
          return (
            <li
              key={column.source}
              className="grid items-center gap-x-3 gap-y-1.5 border-t border-line py-2 md:grid-cols-[minmax(0,1.1fr)_150px_minmax(0,1fr)_104px]"
            >
              <ColumnName
                name={column.source}
                samples={samples.slice(0, SAMPLES)}
                isGuess={(confidence[column.source] ?? 1) < SURE}
              />
              <RoleSelect column={column} roles={kind.columns} mapping={mapping} onChange={onChange} />
              {column.role === "value" || column.role === "elevation" ? (
                <ValueFields column={column} mapping={mapping} onChange={onChange} />
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ColumnName({ name, samples, isGuess }: { name: string; samples: string[]; isGuess: boolean }) {
  return (
    <div className="min-w-0">
      <p className="flex items-center gap-1.5 text-sm font-medium">
        <span className="truncate" title={name}>
          {name}
        </span>
        {isGuess ? (
          <span className="inline-flex items-center gap-1 text-2xs font-normal text-suspect">
            <StateShape shape="suspect" sizePx={10} />
            guessed
          </span>
        ) : null}
      </p>
      <p className="truncate font-mono text-xs text-muted" title={samples.join("  ")}>
        {samples.length > 0 ? samples.join(" │ ") : "no values in the first rows"}
      </p>
    </div>
  );
}

interface CellProps {
  column: MappedColumn;
  mapping: ColumnMapping;
  onChange: (mapping: ColumnMapping) => void;
}

function RoleSelect({ column, roles, mapping, onChange }: CellProps & { roles: readonly ColumnRole[] }) {
  const choose = (role: string) => {
    const isSingleRole = roles.find((candidate) => candidate.role === role)?.multiple === false;
    onChange(editColumn(mapping, { source: column.source, to: { role }, isSingleRole }));
  };
  return (
    <CellSelect
      label={`What ${column.source} is`}
      value={column.role}
      options={roles.map(({ role, label }) => ({ value: role, label }))}
      onValue={choose}
    />
  );
}

function ValueFields({ column, mapping, onChange }: CellProps) {
  const { source, role, observedProperty = "", unit = "" } = column;
  const edit = (to: Partial<MappedColumn>) => onChange(editColumn(mapping, { source, to }));
  const canonical = role === "elevation" ? "m" : findObservedProperty(observedProperty)?.canonicalUnit;
  const dimension = canonical === undefined ? undefined : findUnit(canonical)?.dimension;
  const units = UNITS.filter((candidate) => candidate.dimension === dimension);
  const isNamedElsewhere =
    mapping.constants["property"] !== undefined || mapping.columns.some((c) => c.role === "property");
  return (
    <>
      {role === "elevation" ? (
        <span className="max-md:hidden" />
      ) : isNamedElsewhere && observedProperty === "" ? (
        <span className="text-xs text-muted">
          {mapping.constants["property"]?.from === "file_name" ? "quantity from the file's name" : "quantity by row"}
        </span>
      ) : (
        <QuantityInput
          aria-label={`Quantity of ${source}`}
          value={observedProperty}
          onValue={(value) => edit({ observedProperty: value })}
        />
      )}
      {units.length > 0 ? (
        <CellSelect
          label={`Unit of ${source}`}
          value={findUnit(unit)?.code ?? unit}
          placeholder={unit === "" ? "unit" : unit}
          options={units.map(({ code, label }) => ({ value: code, label }))}
          onValue={(value) => edit({ unit: value })}
        />
      ) : (
        <span className={controlFrame(false)}>
          <input
            aria-label={`Unit of ${source}`}
            placeholder="unit"
            value={unit}
            maxLength={40}
            onChange={(event) => edit({ unit: event.target.value })}
            className={CONTROL}
          />
        </span>
      )}
    </>
  );
}

interface CellSelectProps {
  label: string;
  value: string;
  placeholder?: string;
  options: readonly { value: string; label: string }[];
  onValue: (value: string) => void;
}

/** A select without a label above it: the line of the table names it. */
function CellSelect({ label, value, placeholder, options, onValue }: CellSelectProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <span className={classNames(controlFrame(false), "relative has-disabled:bg-raised has-disabled:text-ink")}>
      <select
        aria-label={label}
        value={isKnown ? value : ""}
        onChange={(event) => onValue(event.target.value)}
        className={classNames(CONTROL, "w-full cursor-pointer pr-7 text-ellipsis")}
      >
        {isKnown ? null : (
          <option value="" disabled>
            {placeholder ?? "choose"}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon icon={ChevronDown} size="sm" className="pointer-events-none absolute right-2 text-muted" />
    </span>
  );
}
