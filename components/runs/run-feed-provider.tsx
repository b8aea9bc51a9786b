"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { LogLine, RunDetail } from "#lib/runs/schema";
import { useRunFeed, type RunFeed } from "./use-run-feed.ts";

const Feed = createContext<Omit<RunFeed, "lines"> | null>(null);
const Lines = createContext<readonly LogLine[] | null>(null);

interface RunFeedProviderProps {
  run: RunDetail;
  lines: readonly LogLine[];
  hasMoreLines: boolean;
  children: ReactNode;
}

/** One feed for everything on a run's page; when the run has ended, the page is read again with its result. */
export function RunFeedProvider({ run, lines, hasMoreLines, children }: RunFeedProviderProps) {
  const router = useRouter();
  const feed = useRunFeed({ run, lines, hasMoreLines, onEnd: () => router.refresh() });
  // Lines come many times a second; what shows the run itself is not drawn again for them.
  const state = useMemo(() => ({ run: feed.run, status: feed.status }), [feed.run, feed.status]);
  return (
    <Feed value={state}>
      <Lines value={feed.lines}>{children}</Lines>
    </Feed>
  );
}

export function useFeed(): Omit<RunFeed, "lines"> {
  const feed = useContext(Feed);
  if (!feed) throw new Error("useFeed needs a RunFeedProvider around it");
  return feed;
}

export function useFeedLines(): readonly LogLine[] {
  const lines = useContext(Lines);
  if (!lines) throw new Error("useFeedLines needs a RunFeedProvider around it");
  return lines;
}
