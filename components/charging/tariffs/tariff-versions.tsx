import { Section } from "#components/ui/section";
import { Table, Tbody, Td, Th, Thead, Tr, RowLink } from "#components/ui/table";
import { Time } from "#components/ui/time";
import type { TariffDetail } from "#lib/charging/tariffs/api-schema";

interface TariffVersionsProps {
  current: string;
  versions: TariffDetail["versions"];
  timeZone: string;
  now: string;
}

/** What was saved when, and by whom; each can be opened. */
export function TariffVersions({ current, versions, timeZone, now }: TariffVersionsProps) {
  if (versions.length < 2) return null;
  return (
    <Section title="Versions" caption="each stays as it was saved">
      <Table label="Versions" dense>
        <Thead>
          <Th>Version</Th>
          <Th>Saved by</Th>
          <Th num>Saved</Th>
        </Thead>
        <Tbody>
          {versions.map(({ id, version, createdByLabel, createdAt, isNewest }) => (
            <Tr key={id} selected={id === current}>
              <Td phone="main">
                <RowLink href={`/charging/tariffs/${id}`}>
                  Version {version}
                  {isNewest ? ", the newest" : ""}
                </RowLink>
              </Td>
              <Td phone="line" muted>
                {createdByLabel}
              </Td>
              <Td num phone="end" muted nowrap>
                <Time at={createdAt} timeZone={timeZone} now={now} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}
