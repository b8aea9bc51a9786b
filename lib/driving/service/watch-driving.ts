import type { Ctx } from "#lib/auth/context";
import { eventStream, type OpenStream } from "#lib/live/event-stream";
import { FRAME_S, nextFrameAtMs } from "../core/frames.ts";
import { Viewer } from "../live/live-feed.ts";
import { feedOf, releaseFeed } from "../live/live-feeds.ts";
import {
  listDriverStatus,
  listEvents,
  listOpenEpisodes,
  listRecentFrames,
  readArrivals,
  readPosition,
} from "../live/live-store.ts";
import { frameData, recordsData, renderEvent, type FrameData } from "../live/render.ts";

/** How much of the past a new viewer is shown. */
const RECENT_MS = 5 * 60_000;
/** Records in a snapshot's frames together; older frames then come without theirs. */
const RECENT_RECORDS_MAX = 5000;
const EVENTS_PER_READ = 500;
/** Somebody who missed more starts again from a snapshot. */
const MISSED_EVENTS_MAX = 20_000;

/**
 * The live stream of a workspace: a snapshot, then events with numbers that have no gap (`overspeed-start`, `-end`,
 * `-unclosed`, `alert`, `frame`), and between frames `records` as they come. With `Last-Event-ID` the numbered events
 * that were missed come first.
 */
export async function watchDriving(ctx: Ctx, request: Request): Promise<Response> {
  const { workspaceId } = ctx;
  const feed = await feedOf(workspaceId);
  const lastId = Number(request.headers.get("last-event-id") ?? NaN);
  return eventStream(request, async (stream) => {
    // Joined before anything is read: what happens meanwhile is kept, so that nothing falls between.
    const viewer = new Viewer(stream);
    feed.join(viewer);
    const leave = () => {
      feed.leave(viewer);
      releaseFeed(workspaceId, feed);
    };
    try {
      viewer.ready((await sendMissed(ctx, stream, lastId)) ?? (await sendSnapshot(ctx, stream)));
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  });
}

/** Sends the events after `lastId`; null when they are not all there. Returns the number of the newest one sent. */
async function sendMissed(ctx: Ctx, stream: OpenStream, lastId: number): Promise<number | null> {
  if (!Number.isSafeInteger(lastId) || lastId < 0) return null;
  const { firstEventNo, lastEventNo, nowMs } = await readPosition(ctx);
  if (lastId < firstEventNo - 1 || lastId > lastEventNo || lastEventNo - lastId > MISSED_EVENTS_MAX) return null;
  let cursor = lastId;
  for (;;) {
    const events = await listEvents(ctx, { after: cursor, limit: EVENTS_PER_READ });
    for (const event of events) stream.write((await renderEvent(ctx, event)).bytes);
    cursor = events.at(-1)?.eventNo ?? cursor;
    if (events.length < EVENTS_PER_READ) break;
  }
  stream.send({ event: "status", data: { nowMs, drivers: await listDriverStatus(ctx, 0) } });
  return cursor;
}

/** The position is read before the rest: an event that is already in the rest comes once more, but none is missing. */
async function sendSnapshot(ctx: Ctx, stream: OpenStream): Promise<number> {
  const position = await readPosition(ctx);
  const { lastEventNo, lastSeq, nowMs, gapS, frameAfterSeq } = position;
  const frames = await readRecentFrames(ctx, nowMs);
  const isMany = lastSeq - frameAfterSeq > RECENT_RECORDS_MAX;
  const range = { fromSeq: frameAfterSeq + 1, toSeq: lastSeq, limit: RECENT_RECORDS_MAX };
  const data = {
    ...{ nowMs, lastEventNo, lastSeq, gapS, frameS: FRAME_S, nextFrameAtMs: nextFrameAtMs(nowMs) },
    drivers: await listDriverStatus(ctx, 0),
    openEpisodes: await listOpenEpisodes(ctx),
    frames,
    ...recordsData(isMany ? [] : await readArrivals(ctx, range)),
  };
  stream.send({ event: "snapshot", data, id: lastEventNo });
  return lastEventNo;
}

/** Frames of the last minutes, oldest first. */
async function readRecentFrames(ctx: Ctx, nowMs: number): Promise<FrameData[]> {
  const frames: FrameData[] = [];
  let left = RECENT_RECORDS_MAX;
  for (const { payload } of (await listRecentFrames(ctx, nowMs - RECENT_MS)).reverse()) {
    const frame = await frameData(ctx, payload, left);
    if (!frame.isTruncated) left -= frame.count;
    frames.unshift(frame);
  }
  return frames;
}
