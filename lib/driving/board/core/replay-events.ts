import { z } from "zod";
import type { LiveRecord, StreamEvent } from "./stream-events.ts";
import { toLiveRecords, toldEpisode } from "./stream-events.ts";

const clock = z.object({ positionMs: z.number() });
const records = z.object({ columns: z.array(z.string()), records: z.array(z.array(z.unknown())) });
const told = toldEpisode.omit({ eventNo: true });

export type ReplayEvent =
  { event: "board"; data: StreamEvent } | { event: "clock"; positionMs: number } | { event: "loop" | "end" };

/** An event of a replay, as the live board would have got it at `positionMs`; null for a kind this page does not know. */
export function parseReplayEvent(name: string, data: unknown, positionMs: number): ReplayEvent | null {
  switch (name) {
    case "clock":
      return { event: name, positionMs: clock.parse(data).positionMs };
    case "loop":
    case "end":
      return { event: name };
    case "records": {
      const { columns, records: rows } = records.parse(data);
      return { event: "board", data: { event: name, data: arrivedAt(toLiveRecords(columns, rows), positionMs) } };
    }
    case "overspeed-start":
    case "overspeed-end":
    case "overspeed-unclosed":
      return { event: "board", data: { event: name, data: { ...told.parse(data), eventNo: 0 } } };
    default:
      return null;
  }
}

/** Played in the order of their time, no record is late. */
function arrivedAt(list: LiveRecord[], nowMs: number) {
  const inTime = list.map((record) => ({ ...record, isLate: false }));
  return { nowMs, fromSeq: 1, toSeq: 0, records: inTime, drivers: [] };
}
