"use client";

import type { ReactNode } from "react";
import useSWR from "swr";
import { Age, DataAge } from "#components/ui/age";
import { ErrorState } from "#components/ui/error-state";
import { KeyValues } from "#components/ui/key-values";
import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { Dimmed } from "#components/ui/stale-note";
import { StateBadge } from "#components/ui/state-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatBytes } from "#lib/format/bytes";
import { formatDuration } from "#lib/format/durations";
import { countOf } from "#lib/format/lists";
import { formatNumber, formatPercent } from "#lib/format/numbers";
import { healthDetail, type HealthDetail } from "#lib/health/schema";
import { apiFetch } from "#lib/http/client";
import { RunnerReports } from "./runner-reports.tsx";
import { verdicts, type Verdict } from "./verdicts.ts";

const REFRESH_MS = 5_000;

interface HealthBoardProps {
  first: HealthDetail;
  timeZone: string;
}

/** How the installation is, part by part, asked anew every five seconds. */
export function HealthBoard({ first, timeZone }: HealthBoardProps) {
  const answer = useSWR("/api/v1/health/detail", (path) => apiFetch(path, { response: healthDetail }), {
    fallbackData: first,
    refreshInterval: REFRESH_MS,
  });
  const { data } = answer;
  const error: unknown = answer.error;
  const isStale = error !== undefined;
  const found = verdicts(data);
  const bad = Object.values(found).filter(({ state }) => state === "suspect" || state === "fault").length;
  return (
    <>
      <div className="gutter-x flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line pt-[22px] pb-4">
        <h1 className="text-2xl" aria-live="polite">
          {bad === 0
            ? "Everything serves"
            : `${countOf(bad, "part")} of the installation ${bad === 1 ? "needs" : "need"} a look`}
        </h1>
        <DataAge at={data.at} now={data.at} timeZone={timeZone} live={!isStale} />
      </div>
      {isStale ? (
        <ErrorState title="The health figures could not be read just now" className="gutter-x pt-4">
          {error instanceof Error ? error.message : "No answer."} What stands below is from before. Trying again by
          itself.
        </ErrorState>
      ) : null}
      <Dimmed stale={isStale}>
        <div className="grid grid-cols-1 lg:grid-cols-2 lg:[&>section:nth-child(odd)]:border-r">
          <Part title="Database" verdict={found.database}>
            <KeyValues ruled items={databaseItems(data)} />
          </Part>
          <Part title="Object storage" verdict={found.storage}>
            <KeyValues ruled items={storageItems(data)} />
          </Part>
          <Part title="Queue" verdict={found.queue}>
            <KeyValues ruled items={queueItems(data)} />
          </Part>
          <Part title="Runs" verdict={found.runs}>
            <KeyValues ruled items={runItems(data)} />
          </Part>
          <Part title="Workers" verdict={found.workers}>
            <Workers health={data} timeZone={timeZone} />
          </Part>
          <Part title="Apps" verdict={found.runner}>
            <RunnerReports health={data} timeZone={timeZone} />
          </Part>
          <Part title="Disk" verdict={found.disk}>
            <Disk disk={data.disk} />
          </Part>
        </div>
      </Dimmed>
    </>
  );
}

function Part({ title, verdict, children }: { title: string; verdict: Verdict; children: ReactNode }) {
  return (
    <Section
      className="!border-b"
      title={title}
      caption={verdict.note}
      more={<StateBadge state={verdict.state}>{verdict.word}</StateBadge>}
    >
      {children}
    </Section>
  );
}

const ms = (value: number) => `${formatNumber(value, { decimals: 1 })} ms`;

function databaseItems({ database }: HealthDetail) {
  return [
    { key: "Answers in", value: ms(database.latencyMs) },
    { key: "Size", value: formatBytes(database.sizeBytes) },
    { key: "Connections", value: formatNumber(database.connections) },
    { key: "PostgreSQL", value: database.version },
  ];
}

function storageItems({ storage }: HealthDetail) {
  return [
    { key: "Answers in", value: storage.isReachable ? ms(storage.latencyMs) : "no answer" },
    { key: "Artifacts", value: formatNumber(storage.artifactCount) },
    { key: "Size of the artifacts", value: formatBytes(storage.artifactBytes) },
  ];
}

function queueItems({ queue }: HealthDetail) {
  return [
    { key: "Jobs waiting", value: formatNumber(queue.waiting) },
    { key: "Oldest waits", value: queue.oldestWaitingS === null ? "none" : formatDuration(queue.oldestWaitingS) },
    { key: "Jobs being done", value: formatNumber(queue.running) },
    { key: "Jobs given up", value: formatNumber(queue.failed) },
  ];
}

function runItems({ runs }: HealthDetail) {
  return [
    { key: "Queued", value: formatNumber(runs.queued) },
    { key: "In progress", value: formatNumber(runs.running) },
    { key: "Failed in the last 24 hours", value: formatNumber(runs.failedLastDay) },
    { key: "Lost in the last 24 hours", value: formatNumber(runs.lostLastDay) },
  ];
}

function Workers({ health, timeZone }: { health: HealthDetail; timeZone: string }) {
  if (health.workers.length === 0) {
    return (
      <p className="text-sm text-muted">
        No worker has reported in the last 20 s, so nothing is computed. Start one with <code>npm run worker</code> on
        this machine or any other that reaches the database.
      </p>
    );
  }
  return (
    <Table label="Workers" dense>
      <Thead>
        <Th>Worker</Th>
        <Th>Host</Th>
        <Th num>Started</Th>
        <Th num>Seen</Th>
      </Thead>
      <Tbody>
        {health.workers.map((worker) => (
          <Tr key={worker.id}>
            <Td phone="main" className="font-mono text-xs [overflow-wrap:anywhere]">
              {worker.id}
            </Td>
            <Td muted phone="hide">
              {worker.host}
            </Td>
            <Td num muted nowrap phoneLabel="started">
              <Age at={worker.startedAt} now={health.at} timeZone={timeZone} ago />
            </Td>
            <Td num muted nowrap phone="end">
              <Age at={worker.lastSeenAt} now={health.at} timeZone={timeZone} ago />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Disk({ disk }: { disk: HealthDetail["disk"] }) {
  if (disk === null) return <p className="text-sm text-muted">This process keeps no data on a disk of its own.</p>;
  const used = 1 - disk.freeBytes / disk.totalBytes;
  return (
    <>
      <ProgressBar
        fraction={used}
        label="Disk used"
        tone={used > 0.9 ? "failed" : "active"}
        caption={`${formatPercent(used)} of ${formatBytes(disk.totalBytes)}`}
      />
      <p className="mt-2 text-sm text-muted">{formatBytes(disk.freeBytes)} free where the data folder lies.</p>
    </>
  );
}
