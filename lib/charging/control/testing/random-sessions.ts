import { createRandom } from "#lib/math/random";
import type { Sessions } from "../core/sessions.ts";
import { SLOT_HOURS } from "../core/day-tariff.ts";

/** Sessions for tests: windows of every kind, some past midnight, each able to get its energy. */
export function randomSessions(count: number, seed: string): Sessions {
  const random = createRandom(seed);
  const sessions: Sessions = {
    arrivalSlot: new Int32Array(count),
    departureSlot: new Int32Array(count),
    energyKwh: new Float64Array(count),
    powerKwMax: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const length = random.integer(1, 48);
    const power = [3.3, 6.6, 11][random.integer(0, 2)]!;
    sessions.arrivalSlot[i] = random.integer(20, 95);
    sessions.departureSlot[i] = (sessions.arrivalSlot[i]! + length) % 96;
    sessions.energyKwh[i] = random.uniform(0.1, 1) * length * SLOT_HOURS * power;
    sessions.powerKwMax[i] = power;
  }
  return sessions;
}

export function sessionsOf(rows: readonly (readonly [number, number, number, number])[]): Sessions {
  return {
    arrivalSlot: Int32Array.from(rows, ([arrival]) => arrival),
    departureSlot: Int32Array.from(rows, ([, departure]) => departure),
    energyKwh: Float64Array.from(rows, ([, , energy]) => energy),
    powerKwMax: Float64Array.from(rows, ([, , , power]) => power),
  };
}

export function pick(sessions: Sessions, order: readonly number[]): Sessions {
  return {
    arrivalSlot: Int32Array.from(order, (i) => sessions.arrivalSlot[i]!),
    departureSlot: Int32Array.from(order, (i) => sessions.departureSlot[i]!),
    energyKwh: Float64Array.from(order, (i) => sessions.energyKwh[i]!),
    powerKwMax: Float64Array.from(order, (i) => sessions.powerKwMax[i]!),
  };
}
