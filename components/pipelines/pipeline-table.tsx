"use client";

import useSWR from "swr";
import { z } from "zod";
import { Age } from "#components/ui/age";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { apiFetch } from "#lib/http/client";
import { pipelineSummary, type PipelineSummary } from "#lib/pipelines/schema";
import { ExecutionBadge, startsWords } from "./pipeline-words.tsx";

const LIVE_REFRESH_MS = 2_000;
const REST_REFRESH_MS = 15_000;
const answer = z.object({ items: z.array(pipelineSummary) });

interface PipelineTableProps {
  pipelines: readonly PipelineSummary[];
  timeZone: string;
  now: string;
}

/** Pipelines with their newest run, kept current. */
export function PipelineTable({ pipelines, timeZone, now }: PipelineTableProps) {
  const { data } = useSWR("/api/v1/pipelines", (path) => apiFetch(path, { response: answer }), {
    fallbackData: { items: [...pipelines] },
    refreshInterval: (latest) =>
      latest?.items.some(({ last }) => last?.state === "running") ? LIVE_REFRESH_MS : REST_REFRESH_MS,
  });
  return (
    <Table label="Pipelines">
      <Thead>
        <Th>Pipeline</Th>
        <Th>Source</Th>
        <Th widthPx={120}>Last run</Th>
        <Th num>Started</Th>
        <Th>Starts</Th>
        <Th num>Next</Th>
      </Thead>
      <Tbody>
        {data.items.map((pipeline) => (
          <Tr key={pipeline.id}>
            <Td phone="main">
              <RowLink href={`/pipelines/${pipeline.id}`}>{pipeline.name}</RowLink>
            </Td>
            <Td muted>{pipeline.source}</Td>
            <Td phone="end" nowrap>
              {pipeline.last ? (
                <ExecutionBadge state={pipeline.last.state} />
              ) : (
                <span className="text-muted">never ran</span>
              )}
            </Td>
            <Td num muted phone={pipeline.last ? "line" : "hide"} phoneLabel="Started">
              <Age at={pipeline.last?.startedAt} now={now} timeZone={timeZone} ago />
            </Td>
            <Td muted>{startsWords(pipeline)}</Td>
            <Td num muted phone={pipeline.nextAt ? "line" : "hide"} phoneLabel="Next">
              <Time at={pipeline.nextAt} timeZone={timeZone} now={now} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
