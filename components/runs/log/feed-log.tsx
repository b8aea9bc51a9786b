"use client";

import { useMemo, useState } from "react";
import { LiveDot } from "#components/ui/age";
import { SegmentedControl } from "#components/ui/segmented";
import { isLive } from "#lib/runs/schema";
import { findTraceback } from "#lib/runs/traceback";
import { useFeed, useFeedLines } from "../run-feed-provider.tsx";
import type { FeedStatus } from "../run-feed.ts";
import { LastError } from "./last-error.tsx";
import { LogFrame, type LogFiles } from "./log-frame.tsx";
import type { LogSource } from "./log-source.ts";
import { filterLog, logFile } from "./log-text.ts";
import { LogView } from "./log-view.tsx";
import { marksOf } from "./marks.ts";
import { useLogJump } from "./use-log-jump.ts";

interface FeedLogProps {
  files: LogFiles | null;
  hasFailed: boolean;
  /** The log as it is stored, once it is; what is shown is saved otherwise. */
  download: string | null;
  timeZone: string;
}

/** The log as it comes while the run is alive, with the time of each line. */
export function FeedLog({ files, hasFailed, download, timeZone }: FeedLogProps) {
  const { run, status } = useFeed();
  const lines = useFeedLines();
  const [level, setLevel] = useState<"all" | "warnings">("all");
  const [search, setSearch] = useState("");
  const live = isLive(run.state);
  const isFiltered = level === "warnings" || search.trim() !== "";
  const matching = useMemo(
    () => filterLog(lines, { onlyWarnings: level === "warnings", search }),
    [lines, level, search],
  );
  const traceback = useMemo(
    () => (hasFailed && !live ? findTraceback(lines.map(({ text }) => text)) : null),
    [lines, hasFailed, live],
  );
  const [jump, jumpTo] = useLogJump(lines.length > 0);
  const pick = (index: number) => {
    setSearch("");
    setLevel("all");
    jumpTo(index);
  };
  const source: LogSource = { count: matching.length, rowAt: (index) => matching[index] ?? null };
  const warnings = useMemo(() => lines.filter((line) => line.level !== "info").length, [lines]);
  return (
    <LogFrame
      files={files}
      search={search}
      onSearch={setSearch}
      download={download ?? (() => saveText(`run-${run.id}.log`, logFile(lines)))}
      status={<FollowWords status={status} live={live} />}
      filters={
        <SegmentedControl
          label="Level"
          value={level}
          onChange={setLevel}
          segments={[
            { value: "all", label: "All" },
            { value: "warnings", label: `Warnings ${warnings}` },
          ]}
        />
      }
    >
      {traceback ? <LastError traceback={traceback} onShow={pick} className="mb-2.5" /> : null}
      <LogView
        key={isFiltered ? "found" : "all"}
        label="Run log"
        source={source}
        timeZone={timeZone}
        isLive={live}
        emptyWords={emptyWords(lines.length, live)}
        search={search.trim() || undefined}
        marks={isFiltered ? null : marksOf(traceback)}
        jump={isFiltered ? null : jump}
        onPick={(number) => pick(number - 1)}
      />
    </LogFrame>
  );
}

function emptyWords(count: number, live: boolean): string {
  if (count > 0) return "No line matches.";
  return live ? "next line when it comes" : "This run wrote no log.";
}

function FollowWords({ status, live }: { status: FeedStatus; live: boolean }) {
  if (!live) return null;
  const isOffline = status === "offline";
  const words = isOffline ? "connection lost, trying again" : status === "polling" ? "reading every 2 s" : "following";
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-muted" role="status">
      {isOffline ? null : <LiveDot />}
      {words}
    </span>
  );
}

function saveText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
