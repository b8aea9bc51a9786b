/** From where a battery counts as low, and from where as fine again, in the unit of its readings. */
export interface BatteryLimit {
  low: number;
  fine: number;
}

interface Chemistry extends BatteryLimit {
  /** Full voltages (95 % of the readings stay below) that mean this kind. */
  fullMin: number;
  fullMax: number;
}

export const PERCENT: BatteryLimit = { low: 20, fine: 30 };

/**
 * Kinds whose full voltage leaves no doubt; three and four cells, 5 V and 6 V supplies overlap, so they have no limit.
 * Low = about a fifth of the charge left at light load (manufacturers' discharge curves at 20 °C).
 */
const CHEMISTRIES: readonly Chemistry[] = [
  // Two alkaline cells, or one lithium cell of 3 V.
  { fullMin: 2.6, fullMax: 3.4, low: 2.3, fine: 2.5 },
  // One lithium-ion cell.
  { fullMin: 3.7, fullMax: 4.35, low: 3.45, fine: 3.6 },
  // Lead-acid, 12 V and 24 V.
  { fullMin: 12.3, fullMax: 15.5, low: 11.8, fine: 12.2 },
  { fullMin: 24.6, fullMax: 31, low: 23.6, fine: 24.4 },
];

/**
 * The limit of a battery reported in `%` or `V`; for volts `usualHigh` (the level it reaches when full) tells the kind.
 * Null when that is unknown or fits no kind: such a battery is not evaluated.
 */
export function batteryLimit(unit: string, usualHigh: number): BatteryLimit | null {
  if (unit === "%") return PERCENT;
  if (unit !== "V") return null;
  return CHEMISTRIES.find(({ fullMin, fullMax }) => usualHigh >= fullMin && usualHigh <= fullMax) ?? null;
}

/** Voltages at which some kind of battery may be low; elsewhere none is, whatever its history. */
export const MAYBE_LOW_V: readonly { from: number; below: number }[] = CHEMISTRIES.map(({ low, fine }) => {
  // At half its limit no battery answers any more.
  return { from: low / 2, below: fine };
});

/** Whether it counts as low; between both limits it stays what it was, so that noise changes nothing. */
export function isBatteryLow(level: number, { low, fine }: BatteryLimit, wasLow: boolean): boolean {
  return level <= low || (wasLow && level < fine);
}
