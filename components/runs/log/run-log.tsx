"use client";

import { useState } from "react";
import { isLive } from "#lib/runs/schema";
import { useFeed, useFeedLines } from "../run-feed-provider.tsx";
import { FeedLog } from "./feed-log.tsx";
import type { LogFileKind } from "./log-frame.tsx";
import { StoredLog } from "./stored-log.tsx";

/** The log files of a run that stores them. */
export interface StoredLogs {
  machineLogId: string;
  /** The machine log is longer than what live viewers were sent. */
  isLong: boolean;
  /** Its middle was left out. */
  isShortened: boolean;
  /** What the app itself wrote; null when it wrote none. */
  appLogId: string | null;
}

interface RunLogProps {
  timeZone: string;
  stored?: StoredLogs | null;
  hasFailed?: boolean;
}

/** The run's log: followed while the run is alive, then read where it is stored when it is long or was never followed. */
export function RunLog({ timeZone, stored = null, hasFailed = false }: RunLogProps) {
  const { run } = useFeed();
  const hasLines = useFeedLines().length > 0;
  const [kind, setKind] = useState<LogFileKind>("machine");
  const isStored = stored !== null && !isLive(run.state);
  const files = isStored && stored.appLogId !== null ? { kind, onKind: setKind } : null;
  const shared = { files, hasFailed, timeZone };
  if (files && kind === "app" && stored?.appLogId) {
    return <StoredLog key={stored.appLogId} artifactId={stored.appLogId} isShortened={false} {...shared} />;
  }
  if (isStored && (stored.isLong || !hasLines)) {
    return <StoredLog artifactId={stored.machineLogId} isShortened={stored.isShortened} {...shared} />;
  }
  const download = isStored ? `/api/v1/artifacts/${stored.machineLogId}/content` : null;
  return <FeedLog download={download} {...shared} />;
}
