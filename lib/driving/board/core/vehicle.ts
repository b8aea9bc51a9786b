import { FLAG } from "../../core/record.ts";
import type { DriverNow, LiveRecord } from "./stream-events.ts";
import { wallMsOf } from "./wall-clock.ts";

/** How much of its speed a vehicle keeps for the small charts. */
const HISTORY_MS = 15 * 60_000;
const HISTORY_MAX = 400;

/** What the board knows of a vehicle. Its lists are changed in place: ten thousand of them are too many to copy. */
export interface Vehicle {
  driver: string;
  plate: string;
  at: string;
  atMs: number;
  seq: number;
  latitude: number;
  longitude: number;
  speedKmh: number;
  directionDeg: number | null;
  siteName: string | null;
  /** By the portal's clock. */
  receivedAtMs: number;
  lateCount: number;
  /** Open overspeed episodes. */
  overLimit: Set<string>;
  isCoasting: boolean;
  /** Newest last, by the vehicle's own clock. */
  history: SpeedPoint[];
}

export interface SpeedPoint {
  seq: number;
  atMs: number;
  speedKmh: number;
  latitude: number;
  longitude: number;
  flags: number;
  isLate: boolean;
}

export type VehicleState = "over-limit" | "coasting" | "within-limit" | "silent";
export const VEHICLE_STATES: readonly VehicleState[] = ["over-limit", "coasting", "within-limit", "silent"];

export function vehicleStateOf(vehicle: Vehicle, { nowMs, gapS }: { nowMs: number; gapS: number }): VehicleState {
  if (vehicle.overLimit.size > 0) return "over-limit";
  if (nowMs - vehicle.receivedAtMs > gapS * 1000) return "silent";
  return vehicle.isCoasting ? "coasting" : "within-limit";
}

export function newVehicle(now: DriverNow): Vehicle {
  return { ...now, atMs: wallMsOf(now.at), overLimit: new Set(), isCoasting: false, history: [] };
}

/** Takes over the newest record as the database knows it. */
export function refreshVehicle(vehicle: Vehicle, now: DriverNow): void {
  if (now.seq >= vehicle.seq) Object.assign(vehicle, now, { atMs: wallMsOf(now.at) });
}

/** Takes a record that has arrived; a late one adds to the history but moves nothing. */
export function advanceVehicle(vehicle: Vehicle, record: LiveRecord, receivedAtMs: number): void {
  const { seq, at, speedKmh, latitude, longitude, directionDeg, siteName, plate, flags, isLate } = record;
  const atMs = wallMsOf(at);
  remember(vehicle.history, { seq, atMs, speedKmh, latitude, longitude, flags, isLate });
  vehicle.receivedAtMs = Math.max(vehicle.receivedAtMs, receivedAtMs);
  if (isLate) vehicle.lateCount += seq > vehicle.seq ? 1 : 0;
  if (isLate || atMs < vehicle.atMs) return;
  Object.assign(vehicle, { seq, at, atMs, speedKmh, latitude, longitude, directionDeg, siteName, plate });
  if ((flags & FLAG.neutralSlideEnd) !== 0) vehicle.isCoasting = false;
  if ((flags & FLAG.neutralSlide) !== 0) vehicle.isCoasting = true;
}

function remember(history: SpeedPoint[], point: SpeedPoint): void {
  let place = history.length;
  while (place > 0 && isAfter(history[place - 1], point)) place -= 1;
  if (history[place - 1]?.seq === point.seq) return;
  history.splice(place, 0, point);
  const oldestMs = (history.at(-1)?.atMs ?? 0) - HISTORY_MS;
  let gone = Math.max(0, history.length - HISTORY_MAX);
  while ((history[gone]?.atMs ?? Infinity) < oldestMs) gone += 1;
  if (gone > 0) history.splice(0, gone);
}

function isAfter(a: SpeedPoint | undefined, b: SpeedPoint): boolean {
  return a !== undefined && (a.atMs > b.atMs || (a.atMs === b.atMs && a.seq > b.seq));
}
