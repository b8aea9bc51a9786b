import type { ReactNode } from "react";
import { StateBadge } from "#components/ui/state-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import type { Ledger } from "#lib/driving/history/schema";
import { formatZone } from "#lib/format/dates";
import { formatNumber } from "#lib/format/numbers";

interface LedgerTableProps {
  ledger: Ledger;
  timeZone: string;
  now: Date;
}

/** What came hour by hour and what became of it, with the records that the table really holds. */
export function LedgerTable({ ledger: { hours, total }, timeZone, now }: LedgerTableProps) {
  return (
    <Table label="Ledger" dense>
      <Thead>
        <Th>Hour, {formatZone(now, timeZone)}</Th>
        <Th num>Calls</Th>
        <Th num>Received</Th>
        <Th num>Stored</Th>
        <Th num>of them late</Th>
        <Th num>Duplicate</Th>
        <Th num>Rejected</Th>
        <Th num>Counted in the table</Th>
        <Th>Balance</Th>
      </Thead>
      <Tbody>
        {hours.map((hour) => (
          <Row key={String(hour.hourAt)} counts={hour}>
            <Time at={hour.hourAt as Date} timeZone={timeZone} now={now} />
          </Row>
        ))}
        <Row counts={total}>
          <b>Together</b>
        </Row>
      </Tbody>
    </Table>
  );
}

function Row({ counts, children }: { counts: Ledger["total"]; children: ReactNode }) {
  const { calls, received, stored, late, duplicate, rejected, inTable, isBalanced } = counts;
  return (
    <Tr>
      <Td phone="main">{children}</Td>
      <Td num muted phone="hide">
        {formatNumber(calls)}
      </Td>
      <Td num phoneLabel="received">
        {formatNumber(received)}
      </Td>
      <Td num phoneLabel="stored">
        {formatNumber(stored)}
      </Td>
      <Td num muted phoneLabel="late">
        {formatNumber(late)}
      </Td>
      <Td num muted phoneLabel="duplicate">
        {formatNumber(duplicate)}
      </Td>
      <Td num muted phoneLabel="rejected">
        {formatNumber(rejected)}
      </Td>
      <Td num phoneLabel="in the table">
        {formatNumber(inTable)}
      </Td>
      <Td phone="end">
        <StateBadge state={isBalanced ? "good" : "fault"}>{isBalanced ? "Balanced" : "Does not balance"}</StateBadge>
      </Td>
    </Tr>
  );
}
