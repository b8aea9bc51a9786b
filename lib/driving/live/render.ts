import { z } from "zod";
import { encodeEvent } from "#lib/live/event-stream";
import { FRAME_S } from "../core/frames.ts";
import type { LiveEvent } from "../ingest/feed-store.ts";
import { countLate, isLateRow, readArrivals, STREAM_COLUMNS, type StreamRow } from "./live-store.ts";

/**
 * Records that go with one event to every viewer, some 100 bytes each; of a larger frame they are read by arrival number.
 * A thousand viewers of 20,000 records took a second longer for the last one than for the first.
 */
export const STREAM_RECORDS_MAX = 2000;

const framePayload = z.object({
  frameNo: z.number(),
  endsAtMs: z.number(),
  fromSeq: z.number(),
  toSeq: z.number(),
});

/** An event on its way to the viewers: the same bytes for each of them, in every process. */
export interface RenderedEvent {
  eventNo: number;
  bytes: Uint8Array;
}

export async function renderEvent(scope: { workspaceId: string }, event: LiveEvent): Promise<RenderedEvent> {
  const { eventNo, kind, payload } = event;
  const data = kind === "frame" ? await frameData(scope, payload) : payload;
  return { eventNo, bytes: encodeEvent({ event: kind, data: { eventNo, ...data }, id: eventNo }) };
}

export interface FrameData extends Record<string, unknown> {
  count: number;
  lateCount: number;
  isTruncated: boolean;
}

/** Everything received since the frame before, late records marked. */
export async function frameData(
  scope: { workspaceId: string },
  payload: unknown,
  recordsMax = STREAM_RECORDS_MAX,
): Promise<FrameData> {
  const { frameNo, endsAtMs, fromSeq, toSeq } = framePayload.parse(payload);
  const count = toSeq - fromSeq + 1;
  const isTruncated = count > recordsMax;
  const records = isTruncated ? [] : await readArrivals(scope, { fromSeq, toSeq, limit: recordsMax });
  const moments = { frameNo, endsAtMs, nextAtMs: endsAtMs + FRAME_S * 1000 };
  const lateCount = isTruncated ? await countLate(scope, { fromSeq, toSeq }) : records.filter(isLateRow).length;
  return { ...moments, fromSeq, toSeq, count, lateCount, isTruncated, ...recordsData(records) };
}

export function recordsData(records: readonly StreamRow[]): Record<string, unknown> {
  return { columns: STREAM_COLUMNS, records };
}
