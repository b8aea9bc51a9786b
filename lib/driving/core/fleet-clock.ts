/** The newest times of the two drivers who are furthest ahead; numbers start at 1, 0 is nobody. */
export interface FleetClock {
  driverCount: number;
  newestDriverNo: number;
  newestAtMs: number;
  secondDriverNo: number;
  secondAtMs: number;
}

const isAfter = (a: number, b: number) => b !== b || a > b;

/** Takes a driver's record into account; only what is newer than all before matters. */
export function advanceClock(clock: FleetClock, driverNo: number, atMs: number): void {
  if (driverNo === clock.newestDriverNo) {
    if (isAfter(atMs, clock.newestAtMs)) clock.newestAtMs = atMs;
  } else if (isAfter(atMs, clock.newestAtMs)) {
    clock.secondDriverNo = clock.newestDriverNo;
    clock.secondAtMs = clock.newestAtMs;
    clock.newestDriverNo = driverNo;
    clock.newestAtMs = atMs;
  } else if (isAfter(atMs, clock.secondAtMs)) {
    clock.secondDriverNo = driverNo;
    clock.secondAtMs = atMs;
  }
}

/**
 * The time the fleet is at; NaN before the first record. With three drivers or more it is the second newest time, so
 * that one vehicle whose clock is ahead does not make all others late.
 */
export function fleetTimeMs({ driverCount, newestAtMs, secondAtMs }: FleetClock): number {
  return driverCount > 2 && secondAtMs === secondAtMs ? secondAtMs : newestAtMs;
}
