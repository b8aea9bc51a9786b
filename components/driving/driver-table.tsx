import { Age } from "#components/ui/age";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import type { ListedDriver } from "#lib/driving/drivers/schema";
import { formatNumber } from "#lib/format/numbers";
import { driverHref } from "./driver-href.tsx";
import { VehicleState } from "./vehicle-state.tsx";

interface DriverTableProps {
  drivers: readonly ListedDriver[];
  timeZone: string;
  now: Date;
}

/** Drivers with their last state, and how old it is. */
export function DriverTable({ drivers, timeZone, now }: DriverTableProps) {
  return (
    <Table label="Drivers">
      <Thead>
        <Th>Driver</Th>
        <Th>Plate</Th>
        <Th>State</Th>
        <Th num>Speed, km/h</Th>
        <Th num>Received</Th>
        <Th>Vehicle’s clock</Th>
        <Th num>Records</Th>
        <Th num>Late</Th>
        <Th num>Overspeed</Th>
      </Thead>
      <Tbody>
        {drivers.map((driver) => (
          <Tr key={driver.driver}>
            <Td phone="main">
              <RowLink href={driverHref(driver.driver)}>{driver.driver}</RowLink>
            </Td>
            <Td muted>{driver.plate}</Td>
            <Td phone="end">
              <VehicleState state={driver.state} />
            </Td>
            <Td num phoneLabel="km/h">
              {formatNumber(driver.speedKmh, { decimals: 0 })}
            </Td>
            <Td num muted phoneLabel="received">
              <Age at={driver.receivedAt.getTime()} now={now.getTime()} timeZone={timeZone} ago />
            </Td>
            <Td muted phone="hide">
              {driver.at.slice(0, 19)}
            </Td>
            <Td num phoneLabel="records">
              {formatNumber(driver.recordCount)}
            </Td>
            <Td num muted phone="hide">
              {formatNumber(driver.lateCount)}
            </Td>
            <Td num phoneLabel="overspeed">
              {formatNumber(driver.overspeedCount)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
