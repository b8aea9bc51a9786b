import type { Row } from "../engine.ts";
import type { DrivingSummaryResult, Figures } from "../schema.ts";
import { scoreOf, type ScorePart } from "./score.ts";

type Weights = Record<ScorePart, number>;

/** A row of a summary table as figures with their score. */
export function toFigures(row: Row, weights: Weights): Figures {
  const amount = (name: string) => Number(row[name] ?? 0);
  const known = (name: string) => {
    const value = row[name];
    return typeof value === "number" ? value : null;
  };
  const figures = {
    recordCount: amount("record_count"),
    rapidSpeedupCount: amount("rapid_speedup_count"),
    rapidSlowdownCount: amount("rapid_slowdown_count"),
    neutralSlideCount: amount("neutral_slide_count"),
    neutralSlideS: amount("neutral_slide_s"),
    overspeedCount: amount("overspeed_count"),
    overspeedUnclosedCount: amount("overspeed_unclosed_count"),
    overspeedS: amount("overspeed_s"),
    fatigueCount: amount("fatigue_count"),
    throttleStopCount: amount("throttle_stop_count"),
    oilLeakCount: amount("oil_leak_count"),
    siteCount: amount("site_count"),
    arrivalCount: amount("arrival_count"),
    drivingS: amount("driving_s"),
    distanceKm: amount("distance_km"),
    speedKmhMean: known("speed_kmh_mean"),
    sampleSpeedKmhMean: known("sample_speed_kmh_mean"),
    movingSpeedKmhMean: known("moving_speed_kmh_mean"),
    speedKmhMax: known("speed_kmh_max"),
    firstS: known("first_s"),
    lastS: known("last_s"),
  };
  return { ...figures, score: scoreOf(figures, weights) };
}

export function driverOf(row: Row) {
  return { driverId: String(row["driver_id"]), plateNumber: String(row["plate_number"]) };
}

export function toTrip(row: Row): DrivingSummaryResult["trips"]["rows"][number] {
  const number = (name: string) => Number(row[name]);
  return {
    ...driverOf(row),
    tripNo: number("trip_no"),
    startS: number("start_s"),
    endS: number("end_s"),
    durationS: number("duration_s"),
    distanceKm: number("distance_km"),
    speedKmhMax: number("speed_kmh_max"),
    overspeedCount: number("overspeed_count"),
    fatigueCount: number("fatigue_count"),
    start: { latitude: number("start_latitude"), longitude: number("start_longitude") },
    end: { latitude: number("end_latitude"), longitude: number("end_longitude") },
  };
}

export function toStop(row: Row): DrivingSummaryResult["stops"]["rows"][number] {
  const number = (name: string) => Number(row[name]);
  return {
    driverId: String(row["driver_id"]),
    ...{ startS: number("start_s"), endS: number("end_s"), durationS: number("duration_s") },
    ...{ latitude: number("latitude"), longitude: number("longitude") },
    reason: row["reason"] === "standing" ? "standing" : "no records",
  };
}

export function toEpisode(row: Row): DrivingSummaryResult["overspeedEpisodes"]["rows"][number] {
  return {
    ...driverOf(row),
    startS: Number(row["start_s"]),
    durationS: row["duration_s"] === null ? null : Number(row["duration_s"]),
    peakSpeedKmh: Number(row["peak_speed_kmh"]),
    latitude: Number(row["start_latitude"]),
    longitude: Number(row["start_longitude"]),
  };
}
