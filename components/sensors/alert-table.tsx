import { Age } from "#components/ui/age";
import { StateBadge } from "#components/ui/state-badge";
import type { Shape } from "#components/ui/state-shape";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { formatZone } from "#lib/format/dates";
import { formatDuration } from "#lib/format/durations";
import type { AlertCondition } from "#lib/sensors/alerts/core/decide-alert";
import type { SensorAlertEntry } from "#lib/sensors/alerts/schema";

export const CONDITION_WORDS: Record<AlertCondition, string> = {
  fault: "Fault",
  silent: "Silent",
  battery_low: "Battery low",
};
const SHAPES: Record<AlertCondition, Shape> = { fault: "fault", silent: "silent", battery_low: "suspect" };

interface AlertTableProps {
  alerts: readonly SensorAlertEntry[];
  timeZone: string;
  now: Date;
}

/** Alerts about sensors: which, what, since when, and how long it lasted. */
export function AlertTable({ alerts, timeZone, now }: AlertTableProps) {
  return (
    <Table label="Alerts">
      <Thead>
        <Th>Sensor</Th>
        <Th>Condition</Th>
        <Th>What was seen</Th>
        <Th widthPx={150}>Since, {formatZone(now, timeZone)}</Th>
        <Th num>Lasts</Th>
      </Thead>
      <Tbody>
        {alerts.map((alert) => (
          <Tr key={alert.id}>
            <Td phone="main" className="font-medium">
              <RowLink href={`/sensors/${alert.sensorId}`}>{alert.sensorCode}</RowLink>
              {alert.sensorName === "" || alert.sensorName === alert.sensorCode ? null : (
                <span className="font-normal text-muted"> {alert.sensorName}</span>
              )}
            </Td>
            <Td phone="end">
              <StateBadge state={SHAPES[alert.condition]}>{CONDITION_WORDS[alert.condition]}</StateBadge>
            </Td>
            <Td className="max-w-96">{alert.reason}</Td>
            <Td muted phoneLabel="since">
              <Time at={alert.heldSince} timeZone={timeZone} now={now} />
            </Td>
            <Td num muted phoneLabel={alert.endedAt === null ? "lasts" : "lasted"}>
              {alert.endedAt === null ? (
                <Age at={alert.heldSince} timeZone={timeZone} now={now} />
              ) : (
                `over after ${formatDuration((Date.parse(alert.endedAt) - Date.parse(alert.heldSince)) / 1000)}`
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
