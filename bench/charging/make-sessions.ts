import type { Sessions } from "#lib/charging/control/core/sessions";
import { SLOT_HOURS } from "#lib/charging/control/core/day-tariff";
import { createRandom } from "#lib/math/random";

const POWERS_KW = [3.3, 6.6, 6.6, 6.6, 7.2, 11];

/** Workplace sessions: most arrive in the morning and stay for hours, some in the evening and past midnight. */
export function makeSessions(count: number, seed = "managed-charging"): Sessions {
  const random = createRandom(`${seed} ${count}`);
  const sessions = {
    arrivalSlot: new Int32Array(count),
    departureSlot: new Int32Array(count),
    energyKwh: new Float64Array(count),
    powerKwMax: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const isNight = random.uniform() < 0.1;
    const arrivalHour = Math.min(23.5, Math.max(0, random.normal(isNight ? 19 : 9, isNight ? 1.5 : 1.7)));
    const stayHours = Math.min(23, Math.max(0.5, random.normal(isNight ? 10 : 6.5, 2.5)));
    const arrival = Math.floor(arrivalHour / SLOT_HOURS);
    const length = Math.max(1, Math.ceil(stayHours / SLOT_HOURS));
    const power = POWERS_KW[random.integer(0, POWERS_KW.length - 1)]!;
    const wanted = Math.max(0.5, random.normal(13, 7));
    sessions.arrivalSlot[i] = arrival;
    sessions.departureSlot[i] = (arrival + length) % 96;
    sessions.energyKwh[i] = Math.min(wanted, 0.95 * length * SLOT_HOURS * power);
    sessions.powerKwMax[i] = power;
  }
  return sessions;
}
