"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, type ReactNode } from "react";
import type { LogLine, RunDetail } from "#lib/runs/schema";
import { useRunFeed, type RunFeed } from "./use-run-feed.ts";

const Feed = createContext<RunFeed | null>(null);

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
  return <Feed value={feed}>{children}</Feed>;
}

export function useFeed(): RunFeed {
  const feed = useContext(Feed);
  if (!feed) throw new Error("useFeed needs a RunFeedProvider around it");
  return feed;
}
