import { Age } from "#components/ui/age";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatNumber } from "#lib/format/numbers";
import type { HealthDetail } from "#lib/health/schema";

/** Where apps run: isolation, machines, and orphans that the reaper found. */
export function RunnerReports({ health: { runner, at }, timeZone }: { health: HealthDetail; timeZone: string }) {
  if (runner.length === 0) {
    return (
      <p className="text-sm text-muted">
        No worker has looked after its apps in the last hour. Each does within a minute of its start.
      </p>
    );
  }
  const refusals = runner.filter(({ isAvailable }) => !isAvailable);
  return (
    <>
      <Table label="Hosts that run apps" dense>
        <Thead>
          <Th>Host</Th>
          <Th>Isolation</Th>
          <Th num>Machines</Th>
          <Th num>Orphans, ever</Th>
          <Th num>Looked at</Th>
        </Thead>
        <Tbody>
          {runner.map((report) => (
            <Tr key={report.host}>
              <Td phone="main" className="[overflow-wrap:anywhere]">
                {report.host}
              </Td>
              <Td muted phone="end">
                {report.isAvailable ? report.executor : "none"}
              </Td>
              <Td num muted phone="line" phoneLabel="machines">
                {formatNumber(report.machines)}
              </Td>
              <Td num muted phone="line" phoneLabel="orphans">
                {formatNumber(report.orphans)}, {formatNumber(report.orphansTotal)}
              </Td>
              <Td num muted nowrap phone="line" phoneLabel="looked at">
                <Age at={report.at} now={at} timeZone={timeZone} ago />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {refusals.map(({ host, reason }) => (
        <p key={host} className="mt-2 text-sm text-muted">
          {host}: {reason}
        </p>
      ))}
    </>
  );
}
