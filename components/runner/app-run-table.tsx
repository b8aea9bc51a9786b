"use client";

import useSWR from "swr";
import { Age } from "#components/ui/age";
import { RunStateBadge } from "#components/ui/run-state-badge";
import { Dimmed, StaleNote } from "#components/ui/stale-note";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatBytes } from "#lib/format/bytes";
import { formatDuration } from "#lib/format/durations";
import { formatUsd } from "#lib/format/numbers";
import { apiFetch } from "#lib/http/client";
import { pageOf } from "#lib/http/pagination";
import { shellExitCode } from "#lib/runner/core/exit-words";
import { appRunSummary, type AppRunSummary } from "#lib/runner/schema";
import { isLive } from "#lib/runs/schema";

const LIVE_REFRESH_MS = 2_000;
const REST_REFRESH_MS = 10_000;
const page = pageOf(appRunSummary);

interface AppRunTableProps {
  appId: string;
  runs: readonly AppRunSummary[];
  timeZone: string;
  now: string;
}

/** Runs of an app, the newest first, kept current; the reason stands with what failed. */
export function AppRunTable({ appId, runs, timeZone, now }: AppRunTableProps) {
  const answer = useSWR(`/api/v1/runner/apps/${appId}/runs?limit=50`, (path) => apiFetch(path, { response: page }), {
    fallbackData: { items: [...runs], nextCursor: null },
    refreshInterval: (latest) => (latest?.items.some(({ state }) => isLive(state)) ? LIVE_REFRESH_MS : REST_REFRESH_MS),
  });
  const { data } = answer;
  const isStale = answer.error !== undefined;
  return (
    <>
      <Dimmed stale={isStale}>
        <Table label="Runs of this app, newest first">
          <Thead>
            <Th widthPx={118}>State</Th>
            <Th>Input</Th>
            <Th>What happened</Th>
            <Th num>Ran for</Th>
            <Th num>Memory</Th>
            <Th num>Cost</Th>
            <Th num>Revision</Th>
            <Th num>Asked for</Th>
          </Thead>
          <Tbody>
            {data.items.map((run) => (
              <Tr key={run.id}>
                <Td phone="end" nowrap>
                  <RunStateBadge state={run.state} />
                </Td>
                <Td phone="main" className="max-w-[260px] truncate">
                  <RowLink href={`/runs/${run.id}`}>{run.jobId ?? run.title}</RowLink>
                </Td>
                <Td muted phone="line" className="max-w-[340px] truncate">
                  <span title={run.errorDetail ?? undefined}>{happened(run)}</span>
                </Td>
                <Td num muted phone="hide">
                  {run.durationS === null ? "–" : formatDuration(run.durationS)}
                </Td>
                <Td num muted phone="hide">
                  {run.peakMemoryBytes === null ? "–" : formatBytes(run.peakMemoryBytes)}
                </Td>
                <Td num muted phone="hide">
                  {formatUsd(run.costUsd)}
                </Td>
                <Td num muted phone="hide">
                  {run.revisionNo}
                </Td>
                <Td num muted nowrap phone="hide">
                  <Age at={run.queuedAt} now={now} timeZone={timeZone} ago />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Dimmed>
      {isStale ? <StaleNote>The runs could not be read just now. Trying again by itself.</StaleNote> : null}
    </>
  );
}

function happened({ state, step, errorCode, exitCode }: AppRunSummary): string {
  if (state === "queued") return "waiting";
  if (isLive(state)) return step.replaceAll("_", " ");
  if (errorCode === "app_failed" && exitCode !== null) return `exit code ${shellExitCode(exitCode)}`;
  return errorCode === null ? "" : errorCode.replaceAll("_", " ");
}
