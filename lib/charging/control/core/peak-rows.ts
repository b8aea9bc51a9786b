import type { CostModel } from "./tariff.ts";

/** A column of the master problem other than a load: the highest load of a zone or of a demand window. */
export interface PeakColumn {
  usdPerKw: number;
  /** Coefficients by row. */
  entries: { row: number; value: number }[];
}

/**
 * The rows that tie loads to peaks. Slots that lie in the same demand windows under the same cap form a zone; each
 * slot stands in one row only, against its zone's peak, and the zone's peak against those of its windows. So nested
 * windows (peak hours inside the day) cost one row each instead of one per slot.
 */
export interface PeakRows {
  /** Row of each slot, -1 when nothing binds its load. */
  slotRow: Int32Array;
  rhsKw: Float64Array;
  peaks: PeakColumn[];
}

interface Zone {
  windows: number[];
  capKw: number;
  slots: number[];
}

function listZones({ demand, capKw }: CostModel, isUsed: (slot: number) => boolean): Zone[] {
  const zones = new Map<string, Zone>();
  const windowsOf = Array.from(capKw, (): number[] => []);
  for (const [j, { slots }] of demand.entries()) for (const slot of slots) windowsOf[slot]!.push(j);
  for (const [slot, windows] of windowsOf.entries()) {
    const cap = capKw[slot]!;
    if (!isUsed(slot) || (windows.length === 0 && cap === Infinity)) continue;
    const key = `${windows.join(" ")}:${cap}`;
    const zone = zones.get(key) ?? { windows, capKw: cap, slots: [] };
    zone.slots.push(slot);
    zones.set(key, zone);
  }
  return [...zones.values()];
}

export function buildPeakRows(cost: CostModel, isUsed: (slot: number) => boolean): PeakRows {
  const zones = listZones(cost, isUsed);
  const slotRow = new Int32Array(cost.capKw.length).fill(-1);
  const rhsKw: number[] = [];
  const addRow = (rhs: number) => rhsKw.push(rhs) - 1;
  const windowPeaks = cost.demand.map(({ usdPerKw }): PeakColumn => ({ usdPerKw, entries: [] }));
  const peaks: PeakColumn[] = [];
  for (const { windows, capKw, slots } of zones) {
    const rows = slots.map((slot) => (slotRow[slot] = addRow(windows.length > 0 ? 0 : capKw)));
    if (windows.length === 0) continue;
    const [only] = windows;
    const isPlain = windows.length === 1 && capKw === Infinity;
    const peak: PeakColumn = isPlain ? windowPeaks[only!]! : { usdPerKw: 0, entries: [] };
    for (const row of rows) peak.entries.push({ row, value: -1 });
    if (isPlain) continue;
    peaks.push(peak);
    if (capKw < Infinity) peak.entries.push({ row: addRow(capKw), value: 1 });
    for (const j of windows) {
      const isAlone = zones.filter((zone) => zone.windows.includes(j)).length === 1;
      if (isAlone) {
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
  return { slotRow, rhsKw: Float64Array.from(rhsKw), peaks };
}
