"use client";

import { Download, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { LiveDot } from "#components/ui/age";
import { Icon } from "#components/ui/icon";
import { IconButton } from "#components/ui/icon-button";
import { SegmentedControl } from "#components/ui/segmented";
import { classNames } from "#lib/format/class-names";
import { countOf } from "#lib/format/lists";
import { isLive } from "#lib/runs/schema";
import { filterLog, logFile, logTime, type NumberedLine } from "./log-text.ts";
import { useFeed } from "./run-feed-provider.tsx";
import type { FeedStatus } from "./run-feed.ts";

/** More lines than this slow the page; the download has all of them. */
const SHOWN_MAX = 2_000;
const AT_END_PX = 24;

/** The run's log: followed while the run is alive, searchable, downloadable. */
export function RunLog({ timeZone }: { timeZone: string }) {
  const { run, lines, status } = useFeed();
  const [level, setLevel] = useState<"all" | "warnings">("all");
  const [search, setSearch] = useState("");
  const matching = filterLog(lines, { onlyWarnings: level === "warnings", search });
  const warnings = lines.filter((line) => line.level !== "info").length;
  const live = isLive(run.state);
  return (
    <section className="gutter-x border-b border-line py-[18px]" aria-labelledby="run-log">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="run-log" className="text-base leading-5 max-md:basis-full">
          Log
        </h2>
        <FollowWords status={status} live={live} />
        <span className="flex-1" />
        <SegmentedControl
          label="Level"
          value={level}
          onChange={setLevel}
          segments={[
            { value: "all", label: "All" },
            { value: "warnings", label: `Warnings ${warnings}` },
          ]}
        />
        <label className="flex h-(--control-sm) w-[170px] items-center rounded-md border border-control bg-raised focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus max-md:order-last max-md:w-full">
          <span className="sr-only">Search log</span>
          <Icon icon={Search} size="sm" className="mx-[9px] text-muted" />
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder="Search log"
            className="h-full min-w-0 flex-1 bg-transparent pr-2 text-sm outline-0 max-sm:text-lg"
          />
        </label>
        <IconButton
          label="Download log"
          icon={Download}
          size="sm"
          variant="secondary"
          onClick={() => saveText(`run-${run.id}.log`, logFile(lines))}
        />
      </div>
      <LogLines lines={matching} timeZone={timeZone} live={live} emptyWords={emptyWords(lines.length, live)} />
    </section>
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

interface LogLinesProps {
  lines: readonly NumberedLine[];
  timeZone: string;
  live: boolean;
  emptyWords: string;
}

function LogLines({ lines, timeZone, live, emptyWords: words }: LogLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lastSeq = lines.at(-1)?.seq;
  useEffect(() => {
    // Whoever scrolled up to read stays where she reads.
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lastSeq]);
  const shown = lines.slice(-SHOWN_MAX);
  const hidden = lines.length - shown.length;
  return (
    <div
      ref={box}
      tabIndex={0}
      role="log"
      aria-label="Run log"
      aria-live={live ? "polite" : "off"}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
      }}
      className="h-[252px] overflow-auto rounded-md border border-line bg-sunken py-2 font-mono text-xs leading-5"
    >
      {hidden > 0 ? <p className="px-3 text-muted">{countOf(hidden, "earlier line")} in the download</p> : null}
      {shown.map((line) => (
        <Line key={line.seq} line={line} timeZone={timeZone} />
      ))}
      {lines.length === 0 || live ? (
        <p className="pl-[152px] text-muted max-md:pl-[42px]">
          {lines.length === 0 ? words : "next line when it comes"}
        </p>
      ) : null}
    </div>
  );
}

function Line({ line, timeZone }: { line: NumberedLine; timeZone: string }) {
  const isWarning = line.level === "warn";
  const isError = line.level === "error";
  return (
    <div
      className={classNames(
        "grid grid-cols-[42px_110px_minmax(0,1fr)] pr-3 max-md:grid-cols-[42px_minmax(0,1fr)]",
        isWarning && "bg-suspect-wash",
        isError && "bg-fault-wash",
      )}
    >
      <span className="pr-2.5 text-right text-muted select-none" aria-hidden>
        {line.number}
      </span>
      <time dateTime={line.at} className="text-muted max-md:hidden">
        {logTime(line.at, timeZone)}
      </time>
      <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        {isWarning ? <b className="text-suspect">warn </b> : null}
        {isError ? <b className="text-fault">error </b> : null}
        {line.text}
      </span>
    </div>
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
