import { Age } from "#components/ui/age";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";

export interface DatasetRow {
  id: string;
  name: string;
  kindLabel: string;
  rowsIn: number;
  rowsKept: number;
  fileNames: readonly string[];
  createdAt: string;
}

interface DatasetTableProps {
  datasets: readonly DatasetRow[];
  timeZone: string;
  now: string;
}

export function DatasetTable({ datasets, timeZone, now }: DatasetTableProps) {
  return (
    <Table label="Datasets, newest first">
      <Thead>
        <Th>Name</Th>
        <Th>Kind</Th>
        <Th num>Rows kept</Th>
        <Th num>of</Th>
        <Th>Files</Th>
        <Th num>Age</Th>
      </Thead>
      <Tbody>
        {datasets.map((dataset) => (
          <Tr key={dataset.id}>
            <Td phone="main" className="[overflow-wrap:anywhere]">
              <RowLink href={`/datasets/${dataset.id}`}>{dataset.name}</RowLink>
            </Td>
            <Td muted nowrap>
              {dataset.kindLabel}
            </Td>
            <Td num nowrap phone="hide" className={dataset.rowsKept < dataset.rowsIn ? "text-suspect" : undefined}>
              {formatNumber(dataset.rowsKept)}
            </Td>
            <Td num muted nowrap phoneLabel={`${formatNumber(dataset.rowsKept)} of`}>
              {formatNumber(dataset.rowsIn)}
              <span className="md:hidden"> rows kept</span>
            </Td>
            <Td muted phone="hide" className="max-w-[260px] truncate">
              <span title={dataset.fileNames.join(", ")}>
                {dataset.fileNames.length === 1 ? dataset.fileNames[0] : countOf(dataset.fileNames.length, "file")}
              </span>
            </Td>
            <Td num muted nowrap phone="end">
              <Age at={dataset.createdAt} now={now} timeZone={timeZone} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
