/** What a record may say happened, as bits of `flags`; the storage holds the same numbers. */
export const FLAG = {
  speedUp: 1,
  slowDown: 2,
  neutralSlide: 4,
  neutralSlideEnd: 8,
  overspeed: 16,
  overspeedEnd: 32,
  fatigue: 64,
  throttleStop: 128,
  oilLeak: 256,
} as const;

/** Happenings without an end. */
export const POINT_EVENTS = ["speedUp", "slowDown", "fatigue", "throttleStop", "oilLeak"] as const;
export type PointEvent = (typeof POINT_EVENTS)[number];

/** One record of a vehicle. Missing numbers are NaN; a duration of 0 is a real one: less than a second. */
export interface DrivingRecord {
  driverCode: string;
  plate: string;
  latitude: number;
  longitude: number;
  speedKmh: number;
  /** 0 to below 360, clockwise from north. */
  directionDeg: number;
  siteName: string | null;
  /** Wall clock as sent, in milliseconds as if it were UTC: the zone is not said and never guessed. */
  recordedAtMs: number;
  flags: number;
  /** Present exactly with `neutralSlideEnd`. */
  neutralSlideS: number;
  /** Present exactly with `overspeedEnd`. */
  overspeedS: number;
  /** The producer's own number of this record; null when it does not number. */
  producerSeq: number | null;
}

/** The point events of a record. */
export function pointEventsOf(flags: number): PointEvent[] {
  return POINT_EVENTS.filter((event) => (flags & FLAG[event]) !== 0);
}
