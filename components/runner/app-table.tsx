import { Age } from "#components/ui/age";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatDuration } from "#lib/format/durations";
import { formatPercent, formatUsd } from "#lib/format/numbers";
import type { AppSummary } from "#lib/runner/schema";

interface AppTableProps {
  apps: readonly AppSummary[];
  timeZone: string;
  now: string;
}

/** Apps with how their runs of the last 30 days went. */
export function AppTable({ apps, timeZone, now }: AppTableProps) {
  return (
    <Table label="Apps">
      <Thead>
        <Th>App</Th>
        <Th>Code</Th>
        <Th num>Runs, 30 days</Th>
        <Th num>Succeeded</Th>
        <Th num>Mean duration</Th>
        <Th num>Machine time</Th>
        <Th num>Cost</Th>
        <Th num>Last run</Th>
      </Thead>
      <Tbody>
        {apps.map((app) => (
          <Tr key={app.id}>
            <Td phone="main">
              <RowLink href={`/runner/${app.id}`}>{app.name}</RowLink>{" "}
              <code className="font-mono text-xs text-muted">{app.slug}</code>
              {app.isArchived ? <span className="ml-1.5 text-xs text-muted">archived</span> : null}
            </Td>
            <Td muted phone="hide">
              {app.sourceKind === "git" ? "Git" : "zip"},{" "}
              {app.revisionNo === null ? "manifest not read yet" : `revision ${app.revisionNo}`}
            </Td>
            <Td num phone="line" phoneLabel="Runs, 30 days">
              {app.succeeded + app.failed}
            </Td>
            <Td num phone="line" phoneLabel="Succeeded">
              {successWords(app)}
            </Td>
            <Td num muted phone={app.meanDurationS === null ? "hide" : "line"} phoneLabel="Mean">
              {app.meanDurationS === null ? "–" : formatDuration(app.meanDurationS)}
            </Td>
            <Td num muted phone="hide">
              {app.machineS > 0 ? formatDuration(app.machineS) : "–"}
            </Td>
            <Td num muted phone="hide">
              {formatUsd(app.costUsd)}
            </Td>
            <Td num muted phone={app.lastRunAt ? "line" : "hide"} phoneLabel="Last run">
              <Age at={app.lastRunAt} now={now} timeZone={timeZone} ago />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

export function successWords({ succeeded, failed }: Pick<AppSummary, "succeeded" | "failed">): string {
  const ended = succeeded + failed;
  return ended === 0 ? "–" : formatPercent(succeeded / ended);
}
