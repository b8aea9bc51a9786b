"use client";

import Link from "next/link";
import { MemoryChart } from "#components/charts/memory-chart";
import { CopyButton } from "#components/ui/copy-button";
import { KeyValues } from "#components/ui/key-values";
import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { Time } from "#components/ui/time";
import { formatBytes } from "#lib/format/bytes";
import { formatExact } from "#lib/format/dates";
import { formatDuration } from "#lib/format/durations";
import { countOf } from "#lib/format/lists";
import { formatPercent } from "#lib/format/numbers";
import { isLive, type RunDetail } from "#lib/runs/schema";
import { useFeed } from "./run-feed-provider.tsx";
import { shortId, triggerWords } from "./run-words.tsx";

interface RunFactsProps {
  /** Limits of its own stand elsewhere. */
  hasOwnLimits?: boolean;
  timeZone: string;
  now: string;
}

/** Who, when, where, within which limits. */
export function RunFacts({ hasOwnLimits = false, timeZone, now }: RunFactsProps) {
  const { run } = useFeed();
  const items = [
    {
      key: "Run",
      value: (
        <span className="inline-flex items-center gap-1 font-mono" title={run.id}>
          {shortId(run.id)}
          <CopyButton text={run.id} what="run id" className="-my-1 max-sm:-my-2" />
        </span>
      ),
    },
    { key: "Started by", value: triggerWords(run) },
    { key: "Asked for", value: <Time at={run.queuedAt} timeZone={timeZone} now={now} /> },
    ...(run.startedAt ? [{ key: "Started", value: formatExact(run.startedAt, timeZone) }] : []),
    ...(hasOwnLimits
      ? []
      : [{ key: "Limit", value: `${formatDuration(run.timeoutS)}, ${formatBytes(run.memoryMb * 1024 * 1024)}` }]),
    ...(run.workerId ? [{ key: "Worker", value: <code className="font-mono">{run.workerId}</code> }] : []),
    ...(run.attempt > 1 ? [{ key: "Attempt", value: `${run.attempt} of 3` }] : []),
    { key: "Cache", value: cacheWords(run) },
    ...(run.rerunOfId
      ? [
          {
            key: "Follows",
            value: (
              <Link href={`/runs/${run.rerunOfId}`} className="link font-mono" title={run.rerunOfId}>
                run {shortId(run.rerunOfId)}
              </Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section label="About this run">
      <KeyValues items={items} />
    </Section>
  );
}

function cacheWords(run: RunDetail): string {
  if (isLive(run.state)) return "not stored yet, will be kept";
  if (run.state !== "succeeded") return "nothing to keep";
  return run.hits === 0 ? "kept, not asked for again yet" : `kept, answered ${countOf(run.hits, "more request")}`;
}

const LINE_POINTS_MIN = 3;

/** The memory of the run over its time, or the most it has taken while there is no line yet, against what it may. */
export function RunMemory() {
  const { run } = useFeed();
  const limitBytes = run.memoryMb * 1024 * 1024;
  const peak = run.peakMemoryBytes;
  if (peak === null || peak === 0) return null;
  const share = peak / limitBytes;
  const { peaksMb } = run.memorySeries ?? { peaksMb: [] };
  if (peaksMb.length >= LINE_POINTS_MIN) {
    return (
      <Section title="Memory" caption={`limit ${formatBytes(limitBytes)}`}>
        <MemoryChart label="memory" unit="MB" values={peaksMb} limit={limitBytes / 1e6} decimals={0} />
      </Section>
    );
  }
  return (
    <Section title="Memory" caption={`limit ${formatBytes(limitBytes)}`}>
      <ProgressBar
        fraction={share}
        label="Peak memory of its limit"
        tone={share > 0.9 ? "failed" : "active"}
        caption={`peak ${formatBytes(peak)}, ${formatPercent(share)}`}
      />
    </Section>
  );
}
