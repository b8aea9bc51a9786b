import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { formatDuration } from "#lib/format/durations";
import type { ExecutionSummary } from "#lib/pipelines/schema";
import { ExecutionBadge, triggerWords } from "./pipeline-words.tsx";

interface ExecutionTableProps {
  pipelineId: string;
  executions: readonly ExecutionSummary[];
  shownId: string | null;
  timeZone: string;
  now: Date;
}

/** Earlier runs of a pipeline, newest first; the one that is shown is marked. */
export function ExecutionTable({ pipelineId, executions, shownId, timeZone, now }: ExecutionTableProps) {
  return (
    <Table label="Runs of this pipeline, newest first" dense>
      <Thead>
        <Th num widthPx={52}>
          Run
        </Th>
        <Th widthPx={110}>State</Th>
        <Th>Started by</Th>
        <Th>Started</Th>
        <Th num>Took</Th>
        <Th num>Skipped starts</Th>
      </Thead>
      <Tbody>
        {executions.map((execution) => (
          <Tr key={execution.id} selected={execution.id === shownId}>
            <Td num phone="main">
              <RowLink href={`/pipelines/${pipelineId}?run=${execution.no}`}>{execution.no}</RowLink>
            </Td>
            <Td phone="end" nowrap>
              <ExecutionBadge state={execution.state} />
            </Td>
            <Td muted>{triggerWords(execution)}</Td>
            <Td muted phoneLabel="Started">
              <Time at={execution.startedAt} timeZone={timeZone} now={now} />
            </Td>
            <Td num muted phone={execution.finishedAt ? "line" : "hide"} phoneLabel="Took">
              {execution.finishedAt
                ? formatDuration((Date.parse(execution.finishedAt) - Date.parse(execution.startedAt)) / 1000)
                : "–"}
            </Td>
            <Td num muted phone={execution.skippedStarts > 0 ? "line" : "hide"} phoneLabel="Skipped starts">
              {execution.skippedStarts === 0 ? "–" : execution.skippedStarts}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
