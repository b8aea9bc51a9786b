import Link from "next/link";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import type { DriverDay } from "#lib/driving/drivers/schema";
import { formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";

interface DayTableProps {
  days: readonly DriverDay[];
  /** The episodes of a day. */
  hrefOf: (day: string) => string;
}

/** A driver's days by the vehicle's clock; the day leads to its episodes. */
export function DayTable({ days, hrefOf }: DayTableProps) {
  return (
    <Table label="Days" dense>
      <Thead>
        <Th>Day</Th>
        <Th num>Records</Th>
        <Th num>Late</Th>
        <Th num>Fastest, km/h</Th>
        <Th num>Overspeed</Th>
        <Th num>for</Th>
        <Th num>Coasting</Th>
        <Th num>for</Th>
        <Th num>Fatigue</Th>
      </Thead>
      <Tbody>
        {days.map((day) => (
          <Tr key={day.day}>
            <Td phone="main">
              <Link href={hrefOf(day.day)} className="font-medium text-ink" scroll={false}>
                {day.day}
              </Link>
            </Td>
            <Td num phone="end">
              {formatNumber(day.recordCount)}
              <span className="text-muted md:hidden"> records</span>
            </Td>
            <Td num muted phone="hide">
              {formatNumber(day.lateCount)}
            </Td>
            <Td num phoneLabel="fastest km/h">
              {formatNumber(day.speedKmhMax, { decimals: 0 })}
            </Td>
            <Td num phoneLabel="overspeed">
              {formatNumber(day.overspeedCount)}
            </Td>
            <Td num muted phoneLabel="for">
              {formatDuration(day.overspeedS)}
            </Td>
            <Td num phoneLabel="coasting">
              {formatNumber(day.neutralSlideCount)}
            </Td>
            <Td num muted phone="hide">
              {formatDuration(day.neutralSlideS)}
            </Td>
            <Td num phoneLabel="fatigue">
              {formatNumber(day.fatigueCount)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
