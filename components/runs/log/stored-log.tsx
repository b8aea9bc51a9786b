"use client";

import { useState } from "react";
import { StaleNote } from "#components/ui/stale-note";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { LastError } from "./last-error.tsx";
import { LogFrame, type LogFiles } from "./log-frame.tsx";
import { LogView } from "./log-view.tsx";
import { marksOf } from "./marks.ts";
import { useLogJump } from "./use-log-jump.ts";
import { useLogSearch, useStoredLog } from "./use-stored-log.ts";

interface StoredLogProps {
  artifactId: string;
  /** Its middle was left out when it was stored. */
  isShortened: boolean;
  files: LogFiles | null;
  /** Says first what the program failed of. */
  hasFailed: boolean;
  timeZone: string;
}

/** A log that is a file in storage: read in pieces, searched where it lies. */
export function StoredLog({ artifactId, isShortened, files, hasFailed, timeZone }: StoredLogProps) {
  const [search, setSearch] = useState("");
  const log = useStoredLog(artifactId);
  const found = useLogSearch(artifactId, search);
  const [jump, jumpTo] = useLogJump(log.count > 0);
  const traceback = hasFailed ? log.traceback : null;
  const pick = (index: number) => {
    setSearch("");
    jumpTo(index);
  };
  const isPending = log.count === 0 && log.error === null;
  const lines = isPending ? "reading" : `${countOf(log.count, "line")}${isShortened ? ", its middle left out" : ""}`;
  const status = found ? (found.isPending ? "searching" : matchWords(found)) : lines;
  return (
    <LogFrame
      files={files}
      search={search}
      onSearch={setSearch}
      download={`/api/v1/artifacts/${artifactId}/content`}
      status={
        <span className="text-xs text-muted" role="status">
          {status}
        </span>
      }
    >
      {traceback ? <LastError traceback={traceback} onShow={pick} className="mb-2.5" /> : null}
      <LogView
        key={found ? "found" : "all"}
        label="Run log"
        source={found ?? log}
        timeZone={timeZone}
        isLive={false}
        isPending={isPending}
        emptyWords={found ? (found.isPending ? "Searching." : "No line matches.") : "Reading the log."}
        search={found ? search.trim() : undefined}
        marks={found ? null : marksOf(traceback)}
        jump={found ? null : jump}
        onPick={(number) => pick(number - 1)}
      />
      {log.error ? <StaleNote>The log could not be read just now: {log.error}</StaleNote> : null}
    </LogFrame>
  );
}

function matchWords({ total, count }: { total: number; count: number }): string {
  const words = countOf(total, "line matches", "lines match");
  return total > count ? `${words}, the first ${formatNumber(count)} shown` : words;
}
