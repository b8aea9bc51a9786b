import { formatDuration } from "#lib/format/durations";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { FLAG, pointEventsOf, type PointEvent } from "../../core/record.ts";
import type { FrameEvent, LiveRecord, StreamEvent } from "./stream-events.ts";

export type FeedTone = "fault" | "suspect" | "good" | "silent" | "info";

/** One thing that happened, as a sentence that begins with the driver. */
export interface FeedLine {
  id: string;
  /** By the portal's clock. */
  toldAtMs: number;
  /** Null for what concerns everybody. */
  driver: string | null;
  plate: string;
  tone: FeedTone;
  text: string;
}

const speed = (speedKmh: number | undefined) => `${formatNumber(speedKmh, { decimals: 0 })} km/h`;

const POINT_WORDS: Record<PointEvent, string> = {
  speedUp: "accelerates sharply",
  slowDown: "brakes sharply",
  fatigue: "shows signs of fatigue",
  throttleStop: "stands at full throttle",
  oilLeak: "leaks oil",
};

type Said = Pick<FeedLine, "tone" | "text">;

/** What a record says happened besides overspeed, which the stream tells by itself. */
export function sayRecord(record: LiveRecord): Said[] {
  const { flags, neutralSlideS, siteName } = record;
  const said: Said[] = pointEventsOf(flags).map((event) => ({ tone: "suspect", text: `${POINT_WORDS[event]}.` }));
  if ((flags & FLAG.neutralSlideEnd) !== 0) {
    said.push({ tone: "good", text: `coasted in neutral for ${formatDuration(neutralSlideS)}.` });
  }
  if ((flags & FLAG.neutralSlide) !== 0) said.push({ tone: "suspect", text: "coasts in neutral." });
  if (siteName) said.push({ tone: "info", text: `is at ${siteName}.` });
  return said;
}

export function sayFrame({ frameNo, count, lateCount }: FrameEvent): Said | null {
  if (lateCount === 0) return null;
  const text = `${countOf(lateCount, "record")} of ${formatNumber(count)} in frame ${formatNumber(frameNo)} came late: kept and counted, without an alert.`;
  return { tone: "silent", text };
}

type ToldEvent = Exclude<StreamEvent, { event: "snapshot" | "status" | "records" | "frame" }>;

export function sayEvent(told: ToldEvent): Said {
  if (told.event === "alert") {
    const { verdict, byLabel, comment } = told.data;
    const reason = comment === "" ? "" : `: ${comment}`;
    return { tone: "info", text: `has an alert that ${byLabel} ${verdict}${reason}.` };
  }
  if (told.event === "rule-withdrawn") {
    return { tone: "silent", text: `did not break “${told.data.rule}” after all: late records say so.` };
  }
  const { data } = told;
  const limit = data.rule === undefined ? "the limit" : `“${data.rule}”`;
  if (told.event === "overspeed-start" || told.event === "rule-start") {
    if (data.isResumed) return { tone: "fault", text: `sends again and is still over ${limit}.` };
    const at = data.speedKmh === undefined ? "" : ` at ${speed(data.speedKmh)}`;
    const where = data.place ? ` in ${data.place}` : "";
    const tone = data.severity === "notice" ? "info" : data.severity === "warning" ? "suspect" : "fault";
    return { tone, text: `is over ${limit}${at}${where}.` };
  }
  if (told.event === "overspeed-end" || told.event === "rule-end") {
    const lasted = data.durationS === 0 ? "less than a second" : formatDuration(data.durationS);
    return { tone: "good", text: `is within ${limit} again after ${lasted}, peak ${speed(data.peakSpeedKmh)}.` };
  }
  return {
    tone: "silent",
    text: `stopped sending while over ${limit}, peak ${speed(data.peakSpeedKmh)}; left unclosed.`,
  };
}
