import type { ColumnSummary } from "#lib/datasets/core/quality-report";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatNumber } from "#lib/format/numbers";
import { findUnit } from "#lib/units/convert";

const value = (number: number | null) => formatNumber(number, { decimalsMax: 4 });

/** What each stored column holds, its unit, and the unit it had in the file. */
export function ColumnTable({ columns }: { columns: readonly ColumnSummary[] }) {
  return (
    <Table label="Columns of the dataset" dense>
      <Thead>
        <Th>Column</Th>
        <Th>From</Th>
        <Th>Unit</Th>
        <Th num>Smallest</Th>
        <Th num>Largest</Th>
        <Th num>Kept</Th>
        <Th num>Missing</Th>
        <Th num>Dropped</Th>
      </Thead>
      <Tbody>
        {columns.map((column) => (
          <Tr key={column.column}>
            <Td phone="main" className="font-medium">
              <span title={column.column}>{column.label}</span>
            </Td>
            <Td muted phone="hide" className="font-mono text-xs">
              {column.sources.join(", ")}
            </Td>
            <Td nowrap phone="end">
              <UnitWords column={column} />
            </Td>
            <Td num nowrap phone="hide">
              {value(column.min)}
            </Td>
            <Td num nowrap phone={column.min === null ? "hide" : "line"} phoneLabel={`${value(column.min)} to`}>
              {value(column.max)}
            </Td>
            <Td num nowrap phoneLabel="kept">
              {formatNumber(column.kept)}
            </Td>
            <Td num muted nowrap phone="hide">
              {formatNumber(column.missing)}
            </Td>
            <Td num muted nowrap phone={column.dropped > 0 ? "line" : "hide"} phoneLabel="dropped">
              {formatNumber(column.dropped)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function UnitWords({ column: { unit, originalUnit } }: { column: ColumnSummary }) {
  if (unit === null) return <span className="text-muted">–</span>;
  if (originalUnit === null || originalUnit === unit) return symbolOf(unit);
  return (
    <>
      {symbolOf(unit)} <span className="text-xs text-muted">was {symbolOf(originalUnit)}</span>
    </>
  );
}

const symbolOf = (unit: string) => findUnit(unit)?.label ?? unit;
