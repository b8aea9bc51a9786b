import { Section } from "#components/ui/section";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";

export interface SavedVersion {
  id: string;
  version: number;
  createdByLabel: string;
  createdAt: string;
  href: string;
  isShown: boolean;
  isNewest: boolean;
  /** How long it is: "58 rows". */
  size?: string;
}

interface VersionTableProps {
  versions: readonly SavedVersion[];
  timeZone: string;
  now: string;
}

/** What was saved when, and by whom; each can be opened. */
export function VersionTable({ versions, timeZone, now }: VersionTableProps) {
  if (versions.length < 2) return null;
  const hasSize = versions.some(({ size }) => size !== undefined);
  return (
    <Section title="Versions" caption="each stays as it was saved">
      <Table label="Versions" dense>
        <Thead>
          <Th>Version</Th>
          {hasSize ? <Th num>Rows</Th> : null}
          <Th>Saved by</Th>
          <Th num>Saved</Th>
        </Thead>
        <Tbody>
          {versions.map(({ id, version, createdByLabel, createdAt, href, isShown, isNewest, size }) => (
            <Tr key={id} selected={isShown}>
              <Td phone="main">
                <RowLink href={href}>
                  Version {version}
                  {isNewest ? ", the newest" : ""}
                </RowLink>
              </Td>
              {hasSize ? (
                <Td num phone="end">
                  {size}
                </Td>
              ) : null}
              <Td phone="line" muted>
                {createdByLabel}
              </Td>
              <Td num phone={hasSize ? "line" : "end"} muted nowrap>
                <Time at={createdAt} timeZone={timeZone} now={now} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}
