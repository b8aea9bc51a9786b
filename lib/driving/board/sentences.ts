import { FLAG, pointEventsOf, type PointEvent } from "../core/record.ts";
import type { StreamOverspeed, StreamRecord } from "./stream-schema.ts";

const POINT_WORDS: Readonly<Record<PointEvent, string>> = {
  speedUp: "speeds up rapidly",
  slowDown: "slows down rapidly",
  fatigue: "shows fatigue",
  throttleStop: "is at full throttle while standing",
  oilLeak: "reports an oil leak",
};

/** What a record says besides where the vehicle is, in words; overspeed has events of its own. */
export function sentencesOf(record: StreamRecord): string[] {
  const [, driver, , , , , , , flags, , siteName, neutralSlideS] = record;
  const said = pointEventsOf(flags).map((event) => `${driver} ${POINT_WORDS[event]}`);
  if ((flags & FLAG.neutralSlideEnd) !== 0) {
    said.push(`${driver} coasted in neutral${neutralSlideS === null ? "" : ` for ${neutralSlideS} s`}`);
  }
  if (siteName !== null) said.push(`${driver} is at ${siteName}`);
  return said;
}

export function overspeedSentence(event: string, episode: StreamOverspeed): string {
  const { driver, speedKmh, peakSpeedKmh, durationS } = episode;
  if (event === "overspeed-start") return `${driver} is over the limit, ${speedKmh ?? peakSpeedKmh ?? "–"} km/h`;
  if (event === "overspeed-end")
    return `${driver} is under the limit again after ${durationS ?? "–"} s, at most ${peakSpeedKmh ?? "–"} km/h`;
  return `${driver} fell silent while over the limit`;
}
