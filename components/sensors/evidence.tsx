import { StateBadge } from "#components/ui/state-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { formatNumber } from "#lib/format/numbers";
import type { EvidenceView } from "#lib/sensors/schema";

const FLAGS: Readonly<Record<number, { shape: "fault" | "suspect" | "silent" | "info"; word: string }>> = {
  4: { shape: "fault", word: "fail" },
  3: { shape: "suspect", word: "suspect" },
  9: { shape: "silent", word: "missing" },
  2: { shape: "info", word: "not evaluated" },
};

interface EvidenceProps {
  rows: readonly EvidenceView[];
  timeZone: string;
  now: string;
}

/** How often each check flagged each quantity, over everything stored. */
export function Evidence({ rows, timeZone, now }: EvidenceProps) {
  return (
    <Table label="Flags by check, over everything stored" dense>
      <Thead>
        <Th>Check</Th>
        <Th num>Spans</Th>
        <Th num>Values</Th>
        <Th num>Last</Th>
        <Th num>Flag</Th>
      </Thead>
      <Tbody>
        {rows.map((row) => {
          const flag = FLAGS[row.flag];
          return (
            <Tr key={`${row.observedProperty} ${row.check} ${row.flag}`}>
              <Td phone="main" className="py-1 md:whitespace-normal!">
                {row.check}, <span className="text-muted">{row.label}</span>
              </Td>
              <Td num phoneLabel="spans" phone="hide">
                {formatNumber(row.spanCount)}
              </Td>
              <Td num phoneLabel="values">
                {formatNumber(row.pointCount)}
              </Td>
              <Td num muted phone="hide">
                <Time at={row.lastAt} show="date" timeZone={timeZone} now={now} />
              </Td>
              <Td num phone="end">
                {flag ? <StateBadge state={flag.shape}>{flag.word}</StateBadge> : row.flag}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
