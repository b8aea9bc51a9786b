import { z } from "zod";

/** In the order of the stream's columns. */
const streamRecord = z.tuple([
  z.number().meta({ title: "seq" }),
  z.string().meta({ title: "driver" }),
  z.string().meta({ title: "plate" }),
  z.string().meta({ title: "at" }),
  z.number().meta({ title: "speedKmh" }),
  z.number().meta({ title: "latitude" }),
  z.number().meta({ title: "longitude" }),
  z.number().nullable().meta({ title: "directionDeg" }),
  z.number().meta({ title: "flags" }),
  z.number().meta({ title: "isLate" }),
  z.string().nullable().meta({ title: "siteName" }),
  z.number().nullable().meta({ title: "neutralSlideS" }),
  z.number().nullable().meta({ title: "overspeedS" }),
]);
const records = z.array(streamRecord);
export type StreamRecord = z.output<typeof streamRecord>;

const vehicle = z.object({
  driver: z.string(),
  plate: z.string(),
  at: z.string(),
  seq: z.number(),
  latitude: z.number(),
  longitude: z.number(),
  speedKmh: z.number(),
  directionDeg: z.number().nullable(),
});
export type StreamVehicle = z.output<typeof vehicle>;

const overspeed = z.object({
  episodeId: z.string(),
  driver: z.string(),
  plate: z.string(),
  at: z.string(),
  speedKmh: z.number().optional(),
  peakSpeedKmh: z.number().optional(),
  durationS: z.number().nullable().optional(),
});
export type StreamOverspeed = z.output<typeof overspeed>;

const frame = z.object({ frameNo: z.number(), nextAtMs: z.number(), count: z.number(), records });

/** What the live stream says, as far as the page reads it. */
export const streamEvents = {
  snapshot: z.object({
    nowMs: z.number(),
    nextFrameAtMs: z.number(),
    drivers: z.array(vehicle),
    openEpisodes: z.array(overspeed.extend({ kind: z.string(), verdict: z.string().nullable() })),
    frames: z.array(frame),
    records,
  }),
  status: z.object({ nowMs: z.number(), drivers: z.array(vehicle) }),
  records: z.object({ nowMs: z.number(), records: records.default([]), drivers: z.array(vehicle).default([]) }),
  frame,
  "overspeed-start": overspeed,
  "overspeed-end": overspeed,
  "overspeed-unclosed": overspeed,
  alert: z.object({ episodeId: z.string(), verdict: z.string(), comment: z.string(), byLabel: z.string() }),
} as const;
export type StreamEventName = keyof typeof streamEvents;
