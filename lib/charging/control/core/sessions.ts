import { AppError } from "#lib/errors";
import { SLOT_HOURS, SLOTS_PER_DAY } from "./day-tariff.ts";

/** Charging sessions as columns, one entry per session. */
export interface Sessions {
  /** First slot in which the vehicle can charge, 0…95. */
  arrivalSlot: Int32Array;
  /** Slot before which it leaves, 0…96; not after the arrival = it leaves on the next day. */
  departureSlot: Int32Array;
  energyKwh: Float64Array;
  powerKwMax: Float64Array;
}

/** Slots of the window: it passes midnight when the departure is not after the arrival. */
export function windowLength(arrivalSlot: number, departureSlot: number): number {
  const length = departureSlot - arrivalSlot;
  return length > 0 ? length : length + SLOTS_PER_DAY;
}

export interface Deliverable {
  /** What the window and the power allow, kWh per session. */
  energyKwh: Float64Array;
  /** What was asked for beyond that. */
  shortKwh: Float64Array;
}

/** Divides each session's energy into what fits its window at full power and what does not. */
export function deliverableOf({ arrivalSlot, departureSlot, energyKwh, powerKwMax }: Sessions): Deliverable {
  const fits = new Float64Array(energyKwh.length);
  const shortKwh = new Float64Array(energyKwh.length);
  for (let i = 0; i < energyKwh.length; i++) {
    const most = SLOT_HOURS * powerKwMax[i]! * windowLength(arrivalSlot[i]!, departureSlot[i]!);
    fits[i] = Math.min(energyKwh[i]!, most);
    // A sum of quarter hours may pass the limit by rounding alone.
    shortKwh[i] = energyKwh[i]! - most > 1e-9 * most ? energyKwh[i]! - most : 0;
  }
  return { energyKwh: fits, shortKwh };
}

/** An order of the sessions that does not depend on the order they came in. */
export function canonicalOrder({ arrivalSlot, departureSlot, energyKwh, powerKwMax }: Sessions): Int32Array {
  const order = Int32Array.from({ length: energyKwh.length }, (_, i) => i);
  return order.sort(
    (a, b) =>
      arrivalSlot[a]! - arrivalSlot[b]! ||
      departureSlot[a]! - departureSlot[b]! ||
      energyKwh[a]! - energyKwh[b]! ||
      powerKwMax[a]! - powerKwMax[b]!,
  );
}

/** Refuses sessions that are none, naming the first. */
export function checkSessions({ arrivalSlot, departureSlot, energyKwh, powerKwMax }: Sessions): void {
  for (let i = 0; i < energyKwh.length; i++) {
    const isSlot = isBetween(arrivalSlot[i]!, SLOTS_PER_DAY - 1) && isBetween(departureSlot[i]!, SLOTS_PER_DAY);
    if (!isSlot) {
      const window = `arrives in slot ${arrivalSlot[i]!} and leaves before slot ${departureSlot[i]!}`;
      throw new AppError("invalid_input", `Session ${i + 1} ${window}; slots are 0 to 95 (quarter hours of a day).`);
    }
    if (!(energyKwh[i]! >= 0 && energyKwh[i]! < Infinity && powerKwMax[i]! >= 0 && powerKwMax[i]! < Infinity)) {
      const asked = `asks for ${energyKwh[i]!} kWh at up to ${powerKwMax[i]!} kW`;
      throw new AppError("invalid_input", `Session ${i + 1} ${asked}; both must be numbers of at least 0.`);
    }
  }
}

function isBetween(slot: number, last: number): boolean {
  return slot >= 0 && slot <= last;
}
