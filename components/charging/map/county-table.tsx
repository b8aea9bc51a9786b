"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { Icon } from "#components/ui/icon";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import type { RegionMetric, RegionsSpec } from "#lib/maps/regions/spec";

interface CountyTableProps {
  spec: RegionsSpec;
  period: number;
  /** The one on the map; it is always among the columns. */
  metric: RegionMetric;
  shades: ReadonlyMap<string, number>;
  selected: string | null;
  onSelect: (id: string) => void;
}

interface Sort {
  key: string;
  isDescending: boolean;
}

/** Three fit beside the map and on a phone. */
const COLUMNS = 3;
const HEAD = "sticky top-0 z-1 border-b border-line-strong bg-surface py-1.5 align-bottom";

/** The map's values as rows: sortable, and the way to a county for those who do not see the map. */
export function CountyTable({ spec, period, metric, shades, selected, onSelect }: CountyTableProps) {
  const [sort, setSort] = useState<Sort | null>(null);
  const first = spec.metrics.slice(0, COLUMNS);
  const columns = first.some(({ key }) => key === metric.key) ? first : [...first.slice(0, COLUMNS - 1), metric];
  const by = sort ?? { key: metric.key, isDescending: true };
  const severalStates = new Set(spec.regions.map(({ state }) => state)).size > 1;
  const rows = sortedRows(spec, period, by);
  const toggle = (key: string) => setSort({ key, isDescending: by.key === key ? !by.isDescending : key !== "name" });
  return (
    <table aria-label="Counties" className="w-full border-collapse text-sm leading-[18px] tabular-nums">
      <thead>
        <tr>
          <SortHead label="County" sortKey="name" by={by} onSort={toggle} />
          {columns.map(({ key, label, unit }) => (
            <SortHead key={key} label={label} unit={unit} sortKey={key} by={by} onSort={toggle} isNumber />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, state, values }) => (
          <tr
            key={id}
            data-selected={id === selected ? "" : undefined}
            className="relative border-b border-line last:border-b-0 hover:bg-hover data-selected:bg-accent-wash data-selected:shadow-[inset_2px_0_0_var(--color-accent)]"
          >
            <th scope="row" className="h-(--row-dense) pr-2 pl-2.5 text-left font-medium max-md:h-11">
              <button
                type="button"
                aria-pressed={id === selected}
                onClick={() => onSelect(id)}
                className="flex cursor-pointer items-center gap-2 border-0 bg-transparent p-0 text-left font-medium text-ink after:absolute after:inset-0 focus-visible:outline-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              >
                <Swatch shade={shades.get(id)} />
                <span>
                  {name}
                  {severalStates ? <span className="font-normal text-muted">, {state}</span> : null}
                </span>
              </button>
            </th>
            {columns.map(({ key, decimals }) => (
              <td key={key} className={classNames("pl-2 text-right last:pr-2.5", key !== metric.key && "text-muted")}>
                {formatNumber(values[key]?.[period], { decimals })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sortedRows({ regions }: RegionsSpec, period: number, { key, isDescending }: Sort) {
  const sign = isDescending ? -1 : 1;
  if (key === "name") return regions.toSorted((a, b) => sign * a.name.localeCompare(b.name));
  // What has no value stands at the end, whichever way the others go.
  const valueOf = (one: RegionsSpec["regions"][number]) => one.values[key]?.[period] ?? null;
  return regions.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === null || y === null) return x === y ? a.name.localeCompare(b.name) : x === null ? 1 : -1;
    return sign * (x - y) || a.name.localeCompare(b.name);
  });
}

function Swatch({ shade }: { shade: number | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={classNames("size-2.5 flex-none", shade === undefined && "border border-dashed border-line-strong")}
      style={shade === undefined ? undefined : { background: `var(--seq-${shade})` }}
    />
  );
}

interface SortHeadProps {
  label: string;
  unit?: string;
  sortKey: string;
  by: Sort;
  onSort: (key: string) => void;
  isNumber?: boolean;
}

function SortHead({ label, unit, sortKey, by, onSort, isNumber = false }: SortHeadProps) {
  const isSorted = by.key === sortKey;
  const hasUnit = unit !== undefined && unit !== label.toLowerCase();
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (by.isDescending ? "descending" : "ascending") : "none"}
      className={classNames(HEAD, isNumber ? "pl-2 text-right last:pr-2.5" : "pl-2.5 text-left")}
    >
      <button
        type="button"
        onClick={() => onSort(sortKey)}
        className="cap inline-flex cursor-pointer items-center gap-1 border-0 bg-transparent p-0 hover:text-ink focus-visible:outline-2 focus-visible:outline-focus"
      >
        <span>
          {label}
          {hasUnit ? <span className="font-normal">, {unit}</span> : null}
        </span>
        {isSorted ? <Icon icon={by.isDescending ? ArrowDown : ArrowUp} size="xs" /> : null}
      </button>
    </th>
  );
}
