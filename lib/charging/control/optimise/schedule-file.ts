import type { ManagedCharging } from "../core/optimise-charging.ts";
import { energyOf } from "../core/schedules.ts";
import type { Sessions } from "../core/sessions.ts";
import { ALL_DAY, SLOTS_PER_DAY } from "../core/day-tariff.ts";
import { clockOf } from "./clock.ts";

const SESSIONS_PER_WRITE = 500;
const HEAD = ["row", "arrival", "departure", "energy_kwh", "power_kw_max", "delivered_kwh", "unmet_kwh"];

/** One line per session: what it asked for, what it gets, and its kW in every quarter hour of its window. */
export async function writeSchedules(
  writeText: (text: string) => Promise<void>,
  { sessions, rows, result }: { sessions: Sessions; rows: Int32Array; result: ManagedCharging },
): Promise<void> {
  const delivered = energyOf(result.schedules);
  const head = [...HEAD, ...ALL_DAY.map((slot) => `kw_${clockOf(slot).replace(":", "")}`)];
  let lines = [head.join(",")];
  for (let i = 0; i < rows.length; i++) {
    const unmetKwh = result.shortKwh[i]! + result.cappedKwh[i]!;
    const asked = [sessions.energyKwh[i]!, sessions.powerKwMax[i]!, delivered[i]!, unmetKwh].map(plain);
    const window = [clockOf(sessions.arrivalSlot[i]!), clockOf(sessions.departureSlot[i]! % SLOTS_PER_DAY)];
    lines.push([rows[i]! + 1, ...window, ...asked, ...powersOf(sessions.arrivalSlot[i]!, result, i)].join(","));
    if (lines.length < SESSIONS_PER_WRITE) continue;
    await writeText(`${lines.join("\n")}\n`);
    lines = [];
  }
  if (lines.length > 0) await writeText(`${lines.join("\n")}\n`);
}

/** Empty outside the window. */
function powersOf(arrivalSlot: number, { schedules }: ManagedCharging, i: number): string[] {
  const cells = ALL_DAY.map(() => "");
  for (let at = schedules.start[i]!, slot = arrivalSlot; at < schedules.start[i + 1]!; at++, slot++) {
    cells[slot % SLOTS_PER_DAY] = plain(schedules.powerKw[at]!);
  }
  return cells;
}

/** To a milliwatt: more digits would be rounding. */
const plain = (value: number) => String(Math.round(value * 1e6) / 1e6);
