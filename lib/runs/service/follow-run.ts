import type { Ctx } from "#lib/auth/context";
import { eventStream } from "#lib/live/event-stream";
import { subscribe } from "#lib/live/subscribe";
import { isLive, isSettled } from "../schema.ts";
import { listRunLog } from "../store.ts";
import { getRun } from "./get-run.ts";

const BATCH = 1000;
/** How soon to look again at a run that has ended but whose last log lines are still being written. */
const LOOK_AGAIN_MS = 500;

/**
 * Streams a run: log lines (event "log", id = sequence number) and its state (event "run"); ends after the final
 * state. `Last-Event-ID` continues exactly after the last line received.
 */
export async function followRun(ctx: Ctx, runId: string, request: Request, after: number): Promise<Response> {
  await getRun(ctx, runId);
  const lastId = Number(request.headers.get("last-event-id") ?? after);
  let cursor = Number.isSafeInteger(lastId) && lastId > 0 ? lastId : 0;

  return eventStream(request, async ({ send, close }) => {
    let isReading = false;
    let asked = 0;
    let isOver = false;
    let lookAgain: NodeJS.Timeout | undefined;

    const read = async () => {
      // One reader at a time: a message that arrives meanwhile makes it read once more.
      asked += 1;
      if (isReading) return;
      isReading = true;
      let answered: number;
      do {
        answered = asked;
        const run = await getRun(ctx, runId);
        for (;;) {
          const lines = await listRunLog(ctx, runId, { after: cursor, limit: BATCH });
          for (const line of lines) send({ event: "log", data: line, id: line.seq });
          cursor = lines.at(-1)?.seq ?? cursor;
          if (lines.length < BATCH) break;
        }
        send({ event: "run", data: run });
        clearTimeout(lookAgain);
        if (isSettled(run, Date.now())) {
          isOver = true;
          send({ event: "end", data: { state: run.state } });
          close();
          return;
        }
        if (!isLive(run.state)) lookAgain = setTimeout(readSafely, LOOK_AGAIN_MS);
      } while (answered < asked);
      isReading = false;
    };
    const readSafely = () => {
      if (!isOver) read().catch(close);
    };
    const unsubscribe = await subscribe((message) => {
      if (message === "reconnected" || (message.id === runId && message.topic !== "run-cancel")) readSafely();
    });
    readSafely();
    return () => {
      isOver = true;
      clearTimeout(lookAgain);
      unsubscribe();
    };
  });
}
