import { z } from "zod";
import { SEVERITIES } from "../../rules/core/rule.ts";
import { driver, type StoredRecordRow } from "../../history/schema.ts";

/** A record as the live stream carries it; when it was received, its event says. */
export type LiveRecord = Omit<StoredRecordRow, "receivedAt">;

const table = z.object({ columns: z.array(z.string()), records: z.array(z.array(z.unknown())) });
const records = table.transform(({ columns, records: rows }) => toLiveRecords(columns, rows));

/** Thousands of rows at once: the names are looked up once, and the rows are ours. */
export function toLiveRecords(columns: readonly string[], rows: readonly (readonly unknown[])[]): LiveRecord[] {
  return rows.map((row) => {
    const named = Object.fromEntries(columns.map((column, index) => [column, row[index]]));
    return { ...(named as unknown as LiveRecord), isLate: named.isLate === 1 };
  });
}

const driverNow = driver.omit({ recordCount: true });
export type DriverNow = z.output<typeof driverNow>;

const openEpisode = z.object({
  episodeId: z.string(),
  driver: z.string(),
  plate: z.string(),
  kind: z.enum(["overspeed", "neutral-slide", "rule"]),
  at: z.string(),
  peakSpeedKmh: z.number(),
});

const frameMoments = z.object({
  /** Absent in a snapshot's frames. */
  eventNo: z.number().optional(),
  frameNo: z.number(),
  endsAtMs: z.number(),
  nextAtMs: z.number(),
  fromSeq: z.number(),
  toSeq: z.number(),
  count: z.number(),
  lateCount: z.number(),
  isTruncated: z.boolean(),
});
const frame = z.intersection(
  frameMoments,
  records.transform((list) => ({ records: list })),
);
export type FrameEvent = z.output<typeof frame>;

const snapshot = z.intersection(
  z.object({
    nowMs: z.number(),
    lastSeq: z.number(),
    lastEventNo: z.number(),
    gapS: z.number(),
    nextFrameAtMs: z.number(),
    drivers: z.array(driverNow),
    openEpisodes: z.array(openEpisode),
    frames: z.array(frame),
  }),
  records.transform((list) => ({ records: list })),
);

const delta = z.object({
  nowMs: z.number(),
  fromSeq: z.number(),
  toSeq: z.number(),
  count: z.number(),
  columns: z.array(z.string()).optional(),
  records: z.array(z.array(z.unknown())).optional(),
  drivers: z.array(driverNow).default([]),
});

export const toldEpisode = z.object({
  eventNo: z.number(),
  episodeId: z.string(),
  driver: z.string(),
  plate: z.string(),
  at: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  speedKmh: z.number().optional(),
  peakSpeedKmh: z.number().optional(),
  endedAt: z.string().nullish(),
  durationS: z.number().nullish(),
  isResumed: z.boolean().optional(),
  /** The workspace's rule that is broken; absent for the device's own. */
  rule: z.string().optional(),
  severity: z.enum(SEVERITIES).optional(),
  place: z.string().optional(),
});
export type ToldEpisode = z.output<typeof toldEpisode>;

const withdrawal = z.object({ eventNo: z.number(), episodeId: z.string(), driver: z.string(), rule: z.string() });

const verdict = z.object({
  eventNo: z.number(),
  episodeId: z.string(),
  driver: z.string(),
  verdict: z.enum(["acknowledged", "excused"]),
  comment: z.string(),
  byLabel: z.string(),
});

export type StreamEvent =
  | { event: "snapshot"; data: z.output<typeof snapshot> }
  | { event: "status"; data: { nowMs: number; drivers: DriverNow[] } }
  | {
      event: "records";
      data: { nowMs: number; fromSeq: number; toSeq: number; records: LiveRecord[] | null; drivers: DriverNow[] };
    }
  | { event: "frame"; data: FrameEvent }
  | { event: "overspeed-start" | "overspeed-end" | "overspeed-unclosed"; data: ToldEpisode }
  | { event: "rule-start" | "rule-end" | "rule-unclosed"; data: ToldEpisode }
  | { event: "rule-withdrawn"; data: z.output<typeof withdrawal> }
  | { event: "alert"; data: z.output<typeof verdict> };

/** An event of the stream; null for a kind this page does not know. */
export function parseStreamEvent(name: string, data: unknown): StreamEvent | null {
  switch (name) {
    case "snapshot":
      return { event: name, data: snapshot.parse(data) };
    case "status":
      return { event: name, data: z.object({ nowMs: z.number(), drivers: z.array(driverNow) }).parse(data) };
    case "records": {
      const { columns, records: rows, ...rest } = delta.parse(data);
      return { event: name, data: { ...rest, records: columns && rows ? toLiveRecords(columns, rows) : null } };
    }
    case "frame":
      return { event: name, data: frame.parse(data) };
    case "overspeed-start":
    case "overspeed-end":
    case "overspeed-unclosed":
    case "rule-start":
    case "rule-end":
    case "rule-unclosed":
      return { event: name, data: toldEpisode.parse(data) };
    case "rule-withdrawn":
      return { event: name, data: withdrawal.parse(data) };
    case "alert":
      return { event: name, data: verdict.parse(data) };
    default:
      return null;
  }
}
