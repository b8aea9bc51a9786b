import type { Tariff } from "../schema.ts";

/** What kind of tariff it is, for lists: "Time of use, demand charge". */
export function tariffKind({ energyPeriods, demandCharges, subscription }: Tariff): string {
  const isFlat = new Set(energyPeriods.map(({ usdPerKwh }) => usdPerKwh)).size === 1;
  const parts = [isFlat ? "Flat" : "Time of use"];
  if (demandCharges.length > 0) parts.push(demandCharges.length === 1 ? "demand charge" : "demand charges");
  if (subscription) parts.push("subscription");
  return parts.join(", ");
}
