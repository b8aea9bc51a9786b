import Link from "next/link";
import { Age } from "#components/ui/age";
import { Quantity } from "#components/ui/quantity";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { FAULT_WORDS } from "#lib/sensors/faults/core/fault-words";
import { decimalsOf, readingText, unitLabel } from "#lib/sensors/pages/words";
import type { LatestReading } from "#lib/sensors/schema";
import type { OwnerSensor } from "#lib/sensors/service/read-owner-page";
import { SensorState } from "./sensor-state.tsx";

interface OwnerSensorsProps {
  owner: string;
  sensors: readonly OwnerSensor[];
  timeZone: string;
  now: Date;
}

const BATTERY = ["battery_level", "battery_voltage"];
/** More columns than this would not fit; the others stand on the sensor's page and in the export. */
const VALUE_COLUMNS = 4;

/** An owner's table: last values, battery, state and since when, and the cause where something is wrong. */
export function OwnerSensors({ owner, sensors, timeZone, now }: OwnerSensorsProps) {
  const columns = columnsOf(sensors);
  const hasAddress = sensors.some(({ address }) => address !== "");
  const hasBattery = sensors.some((sensor) => batteryOf(sensor) !== undefined);
  return (
    <Table label={`Sensors of ${owner}`}>
      <Thead>
        <Th>Sensor</Th>
        {hasAddress ? <Th>Address</Th> : null}
        <Th>State</Th>
        <Th num>Since</Th>
        <Th>Cause</Th>
        {columns.map(({ observedProperty, label }) => (
          <Th key={observedProperty} num>
            {label}
          </Th>
        ))}
        {hasBattery ? <Th num>Battery</Th> : null}
        <Th num>Last reading</Th>
      </Thead>
      <Tbody>
        {sensors.map((sensor) => (
          <OwnerSensorRow key={sensor.id} {...{ sensor, columns, hasAddress, hasBattery, timeZone, now }} />
        ))}
      </Tbody>
    </Table>
  );
}

/** The quantities that most of these sensors measure. */
function columnsOf(sensors: readonly OwnerSensor[]): LatestReading[] {
  const measured = Map.groupBy(
    sensors.flatMap(({ readings }) => readings.filter(({ observedProperty }) => !BATTERY.includes(observedProperty))),
    ({ observedProperty }) => observedProperty,
  );
  const often = [...measured.values()].sort((a, b) => b.length - a.length).slice(0, VALUE_COLUMNS);
  return often.map((readings) => readings[0]!);
}

const batteryOf = ({ readings }: OwnerSensor) =>
  readings.find(({ observedProperty }) => BATTERY.includes(observedProperty));

interface RowProps extends Omit<OwnerSensorsProps, "sensors" | "owner"> {
  sensor: OwnerSensor;
  columns: readonly LatestReading[];
  hasAddress: boolean;
  hasBattery: boolean;
}

function OwnerSensorRow({ sensor, columns, hasAddress, hasBattery, timeZone, now }: RowProps) {
  const { id, code, name, address, state, since, lastObservedAt, fault, readings } = sensor;
  const battery = batteryOf(sensor);
  const isWrong = state === "fault" || state === "suspect";
  return (
    <Tr>
      <Td phone="main">
        <RowLink href={`/sensors/${id}`}>{code}</RowLink>
        {name !== code && name !== "" ? <span className="block text-xs text-muted max-md:hidden">{name}</span> : null}
      </Td>
      {hasAddress ? (
        <Td phone="hide" muted className="max-w-56 truncate">
          {address}
        </Td>
      ) : null}
      <Td phone="end">
        <SensorState state={state} />
      </Td>
      <Td num muted phone="hide" nowrap>
        {state === "good" || state === "reference" ? "" : <Age at={since} timeZone={timeZone} now={now} />}
      </Td>
      <Td phone="line" className="text-xs">
        {fault ? (
          <Link href={`/sensors/faults?sensor=${id}&review=${fault.review}`} className="link relative z-1">
            {FAULT_WORDS[fault.kind]}
            <span className="sr-only"> of {code}: look at the evidence, confirm or dispute</span>
          </Link>
        ) : isWrong ? (
          <span className="line-clamp-2 max-w-64">{sensor.reason}</span>
        ) : null}
        <span className="text-muted md:hidden">
          {fault ? " · " : ""}
          {[battery, ...readings.slice(0, 2)]
            .flatMap((reading) => (reading ? [readingText(reading.value, reading.unit)] : []))
            .join(" · ")}
        </span>
      </Td>
      {columns.map(({ observedProperty }) => (
        <Td key={observedProperty} num phone="hide">
          <Reading reading={readings.find((one) => one.observedProperty === observedProperty)} />
        </Td>
      ))}
      {hasBattery ? (
        <Td num phone="hide">
          <Reading reading={battery} />
        </Td>
      ) : null}
      <Td num muted phone="hide" nowrap>
        <Age at={lastObservedAt} timeZone={timeZone} now={now} ago />
      </Td>
    </Tr>
  );
}

function Reading({ reading }: { reading: LatestReading | undefined }) {
  if (!reading) return null;
  return <Quantity value={reading.value} unit={unitLabel(reading.unit)} decimals={decimalsOf(reading.unit)} />;
}
