"use client";

import { Button } from "#components/ui/button";
import { ProgressBar } from "#components/ui/progress-bar";
import { formatByteRate } from "#lib/format/bytes";
import { countOf } from "#lib/format/lists";
import type { UploadTotals } from "#lib/uploads/engine/types";
import { totalWords } from "./progress-words.ts";

interface TotalsBarProps {
  fileCount: number;
  hasMore: boolean;
  totals: UploadTotals;
  readingCount: number;
  onPauseAll: () => void;
  onResumeAll: () => void;
}

/** How many files, and everything that is in transfer summed up. */
export function TotalsBar({ fileCount, hasMore, totals, readingCount, onPauseAll, onResumeAll }: TotalsBarProps) {
  const movingCount = totals.activeCount + totals.waitingCount;
  const openCount = movingCount + totals.pausedCount;
  const fraction = totals.sizeBytes === 0 ? 0 : totals.sentBytes / totals.sizeBytes;
  return (
    <div className="flex min-h-(--bar-height) flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-(--gutter) py-1.5">
      <p className="text-sm">
        <b>{`${hasMore ? "Latest " : ""}${countOf(fileCount, "file")}`}</b>
        {readingCount > 0 ? <span className="text-muted"> reading {countOf(readingCount, "new file")}</span> : null}
      </p>
      <span className="flex-1" />
      {openCount > 0 ? (
        <>
          <span className="text-xs whitespace-nowrap text-muted">
            All transfers {totals.speedBytesPerS === null ? "" : formatByteRate(totals.speedBytesPerS)}
          </span>
          <span className="w-[120px] max-md:hidden">
            <ProgressBar
              label="All transfers"
              fraction={fraction}
              tone={movingCount === 0 ? "paused" : "active"}
              caption={null}
            />
          </span>
          <span className="text-xs whitespace-nowrap text-muted max-md:hidden">{totalWords(totals)}</span>
          {openCount > 1 && movingCount > 0 ? (
            <Button size="sm" variant="ghost" onClick={onPauseAll}>
              Pause all
            </Button>
          ) : null}
          {openCount > 1 && movingCount === 0 ? (
            <Button size="sm" variant="ghost" onClick={onResumeAll}>
              Resume all
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
