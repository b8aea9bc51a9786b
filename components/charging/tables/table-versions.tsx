import { Section } from "#components/ui/section";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import type { TableView } from "#lib/charging/tables/schema";
import { countOf } from "#lib/format/lists";

interface TableVersionsProps {
  table: TableView;
  timeZone: string;
  now: string;
}

/** What was saved when, and by whom; each can be opened. */
export function TableVersions({ table: { kind, version: shown, versions }, timeZone, now }: TableVersionsProps) {
  if (versions.length < 2) return null;
  return (
    <Section title="Versions" caption="each stays as it was saved">
      <Table label="Versions" dense>
        <Thead>
          <Th>Version</Th>
          <Th num>Rows</Th>
          <Th>Saved by</Th>
          <Th num>Saved</Th>
        </Thead>
        <Tbody>
          {versions.map(({ id, version, rowCount, createdByLabel, createdAt }, at) => (
            <Tr key={id} selected={version === shown}>
              <Td phone="main">
                <RowLink href={`/charging/${kind}${at === 0 ? "" : `?version=${version}`}`}>
                  Version {version}
                  {at === 0 ? ", the newest" : ""}
                </RowLink>
              </Td>
              <Td num phone="end">
                {countOf(rowCount, "row")}
              </Td>
              <Td phone="line" muted>
                {createdByLabel}
              </Td>
              <Td num phone="line" muted nowrap>
                <Time at={createdAt} timeZone={timeZone} now={now} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}
