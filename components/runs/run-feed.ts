import { z } from "zod";
import { apiFetch } from "#lib/http/client";
import { isSettled, logLine, runDetail, type LogLine, type RunDetail } from "#lib/runs/schema";

export type FeedStatus = "following" | "polling" | "offline" | "ended";

export interface FeedSink {
  onLines: (lines: LogLine[]) => void;
  onRun: (run: RunDetail) => void;
  onStatus: (status: FeedStatus) => void;
}

const POLL_MS = 2_000;
const PAGE = 1_000;
const FAILURES_BEFORE_POLLING = 2;
const logAnswer = z.object({ lines: z.array(logLine) });

/**
 * Follows a run until its log is complete: as an event stream, which the browser resumes with the last id it saw,
 * or by polling where streams do not come through. Returns how to stop.
 */
export function followRunFeed(runId: string, afterSeq: number, sink: FeedSink): () => void {
  const address = `/api/v1/runs/${runId}`;
  let lastSeq = afterSeq;
  let isStopped = false;
  let failures = 0;
  let timer: number | undefined;
  let source: EventSource | undefined;

  const take = (lines: LogLine[]) => {
    const fresh = lines.filter((line) => line.seq > lastSeq);
    lastSeq = fresh.at(-1)?.seq ?? lastSeq;
    if (fresh.length > 0) sink.onLines(fresh);
  };
  const end = () => {
    isStopped = true;
    source?.close();
    sink.onStatus("ended");
  };
  const poll = async () => {
    try {
      const run = await apiFetch(address, { response: runDetail });
      for (;;) {
        const page = `${address}/log?after=${lastSeq}&limit=${PAGE}`;
        const { lines } = await apiFetch(page, { response: logAnswer });
        if (isStopped) return;
        take(lines);
        if (lines.length < PAGE) break;
      }
      sink.onRun(run);
      if (isSettled(run, Date.now())) {
        end();
        return;
      }
      sink.onStatus("polling");
    } catch {
      if (isStopped) return;
      sink.onStatus("offline");
    }
    timer = window.setTimeout(() => void poll(), POLL_MS);
  };
  const stream = () => {
    source = new EventSource(`${address}/log?after=${lastSeq}`);
    source.addEventListener("open", () => {
      failures = 0;
      sink.onStatus("following");
    });
    source.addEventListener("log", (event) => take([logLine.parse(JSON.parse(textOf(event)))]));
    source.addEventListener("run", (event) => sink.onRun(runDetail.parse(JSON.parse(textOf(event)))));
    source.addEventListener("end", end);
    source.addEventListener("error", () => {
      failures += 1;
      sink.onStatus("offline");
      // A closed source is not tried again by the browser; one that keeps failing has a proxy in its way.
      if (source?.readyState !== EventSource.CLOSED && failures < FAILURES_BEFORE_POLLING) return;
      source?.close();
      void poll();
    });
  };
  if (typeof EventSource === "undefined") void poll();
  else stream();
  return () => {
    isStopped = true;
    source?.close();
    window.clearTimeout(timer);
  };
}

function textOf(event: Event): string {
  return event instanceof MessageEvent && typeof event.data === "string" ? event.data : "null";
}
