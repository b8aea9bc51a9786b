import type { CostModel } from "./day-tariff.ts";

/** A column of the master problem other than a load: the highest load of a zone or of a demand window. */
export interface PeakColumn {
  usdPerKw: number;
  /** Coefficients by row. */
  entries: { row: number; value: number }[];
}

/**
 * The rows that tie loads to peaks. Slots that lie in the same demand windows form a zone; each slot stands in one row
 * only, against its zone's peak, and the zone's peak against those of its windows and its cap. So nested windows (peak
 * hours inside the day) cost one row each instead of one per slot. Slots of a zone with different caps get rows of
 * their own for these.
 */
export interface PeakRows {
  slotRows: readonly { slot: number; row: number }[];
  rhsKw: Float64Array;
  peaks: PeakColumn[];
}

interface Zone {
  windows: number[];
  slots: number[];
  /** Of all slots; null when they differ. */
  capKw: number | null;
}

function listZones({ demand, capKw }: CostModel, isUsed: (slot: number) => boolean): Zone[] {
  const windowsOf = Array.from(capKw, (): number[] => []);
  for (const [j, { slots }] of demand.entries()) for (const slot of slots) windowsOf[slot]!.push(j);
  const used = [...windowsOf.keys()].filter(isUsed);
  const zones = Map.groupBy(used, (slot) => windowsOf[slot]!.join(" "));
  return [...zones.values()].map((slots) => {
    const [first] = slots;
    const isUniform = slots.every((slot) => capKw[slot] === capKw[first!]);
    return { windows: windowsOf[first!]!, slots, capKw: isUniform ? capKw[first!]! : null };
  });
}

export function buildPeakRows(cost: CostModel, isUsed: (slot: number) => boolean): PeakRows {
  const zones = listZones(cost, isUsed);
  const slotRows: { slot: number; row: number }[] = [];
  const rhsKw: number[] = [];
  const addRow = (rhs: number) => rhsKw.push(rhs) - 1;
  const windowPeaks = cost.demand.map(({ usdPerKw }): PeakColumn => ({ usdPerKw, entries: [] }));
  const peaks: PeakColumn[] = [];
  for (const { windows, slots, capKw } of zones) {
    for (const slot of slots) {
      const ownCapKw = windows.length === 0 || capKw === null ? cost.capKw[slot]! : Infinity;
      if (ownCapKw < Infinity) slotRows.push({ slot, row: addRow(ownCapKw) });
    }
    const [only] = windows;
    if (only === undefined) continue;
    const hasCapRow = capKw !== null && capKw < Infinity;
    const isPlain = windows.length === 1 && !hasCapRow;
    const peak: PeakColumn = isPlain ? windowPeaks[only]! : { usdPerKw: 0, entries: [] };
    for (const slot of slots) {
      const row = addRow(0);
      slotRows.push({ slot, row });
      peak.entries.push({ row, value: -1 });
    }
    if (isPlain) continue;
    peaks.push(peak);
    if (hasCapRow) peak.entries.push({ row: addRow(capKw), value: 1 });
    for (const j of windows) {
      if (zones.filter((zone) => zone.windows.includes(j)).length === 1) {
        // The window's peak is the zone's.
        peak.usdPerKw += cost.demand[j]!.usdPerKw;
        continue;
      }
      const row = addRow(0);
      peak.entries.push({ row, value: 1 });
      windowPeaks[j]!.entries.push({ row, value: -1 });
    }
  }
  peaks.push(...windowPeaks.filter(({ entries }) => entries.length > 0));
  return { slotRows, rhsKw: Float64Array.from(rhsKw), peaks };
}
