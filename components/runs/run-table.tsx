"use client";

import Link from "next/link";
import useSWR from "swr";
import { z } from "zod";
import { Age } from "#components/ui/age";
import { ProgressBar } from "#components/ui/progress-bar";
import { RunStateBadge } from "#components/ui/run-state-badge";
import { Dimmed, StaleNote } from "#components/ui/stale-note";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { useNow } from "#components/ui/use-now";
import { formatDuration } from "#lib/format/durations";
import { apiFetch } from "#lib/http/client";
import { isLive, runSummary, type RunSummary } from "#lib/runs/schema";
import { elapsedS, triggerWords } from "./run-words.tsx";

const LIVE_REFRESH_MS = 2_000;
const REST_REFRESH_MS = 10_000;
const page = z.object({ items: z.array(runSummary), nextCursor: z.string().nullable() });

interface RunTableProps {
  runs: readonly RunSummary[];
  /** Asks for the same page again. */
  refreshPath: string;
  timeZone: string;
  now: string;
  /** Without the age, for a narrow column. */
  isShort?: boolean;
}

/** Runs, newest first, kept current. */
export function RunTable({ runs: first, refreshPath, timeZone, now, isShort = false }: RunTableProps) {
  const answer = useSWR(refreshPath, (path) => apiFetch(path, { response: page }), {
    fallbackData: { items: [...first], nextCursor: null },
    refreshInterval: (latest) => (latest?.items.some((run) => isLive(run.state)) ? LIVE_REFRESH_MS : REST_REFRESH_MS),
    keepPreviousData: true,
  });
  const { data } = answer;
  const isStale = answer.error !== undefined;
  return (
    <>
      <Dimmed stale={isStale}>
        <RunRows runs={data.items} timeZone={timeZone} now={now} isShort={isShort} />
      </Dimmed>
      {isStale ? (
        <div className="mt-2">
          <StaleNote>The runs could not be read just now. Trying again by itself.</StaleNote>
        </div>
      ) : null}
    </>
  );
}

type RunRowsProps = Omit<Required<RunTableProps>, "refreshPath">;

function RunRows({ runs, timeZone, now, isShort }: RunRowsProps) {
  const nowMs = useNow(now, runs.some((run) => isLive(run.state)) ? 1 : 60);
  return (
    <Table label="Runs, newest first">
      <Thead>
        <Th widthPx={118}>State</Th>
        <Th>Algorithm</Th>
        <Th>Input</Th>
        <Th widthPx={150}>Progress</Th>
        <Th num>Elapsed</Th>
        <Th>Started by</Th>
        {isShort ? null : <Th num>Asked for</Th>}
      </Thead>
      <Tbody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td phone="end" nowrap>
              <RunStateBadge state={run.state} />
            </Td>
            <Td phone="main" nowrap>
              <RowLink href={`/runs/${run.id}`}>{run.algorithm}</RowLink>{" "}
              <span className="font-mono text-xs text-muted">v{run.version}</span>
            </Td>
            <Td muted className={isShort ? "max-w-[240px] truncate" : "max-w-[360px] truncate"}>
              <span title={run.title}>{run.title}</span>
            </Td>
            <Td phone={isLive(run.state) || run.errorCode || run.datasetId ? "line" : "hide"}>
              <Progress run={run} />
            </Td>
            <Td num muted nowrap phone="hide">
              {run.startedAt === null ? "–" : formatDuration(wholeWhileLive(run, nowMs))}
            </Td>
            <Td muted phone="hide" className="max-w-[180px] truncate">
              {triggerWords(run)}
            </Td>
            {isShort ? null : (
              <Td num muted nowrap phone="hide">
                <Age at={run.queuedAt} now={now} timeZone={timeZone} ago />
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function wholeWhileLive(run: RunSummary, nowMs: number): number | null {
  const seconds = elapsedS(run, nowMs);
  return seconds !== null && isLive(run.state) ? Math.floor(seconds) : seconds;
}

function Progress({ run }: { run: RunSummary }) {
  if (run.state === "queued") return <span className="text-xs text-muted">waiting</span>;
  if (isLive(run.state)) return <ProgressBar fraction={run.progressFraction} label={`Progress of ${run.title}`} />;
  if (run.errorCode) {
    return (
      <span className="text-xs text-fault" title={run.errorDetail ?? undefined}>
        {run.errorCode.replaceAll("_", " ")}
      </span>
    );
  }
  if (run.datasetId === null) return null;
  return (
    <Link href={`/datasets/${run.datasetId}`} className="relative z-1 text-xs text-accent hover:underline">
      dataset
    </Link>
  );
}
