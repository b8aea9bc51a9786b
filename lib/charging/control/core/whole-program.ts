import { LinearProgramBuilder, type LinearProgram } from "#lib/math/linear-program/program";
import { unmetPrice } from "./find-optimal-load.ts";
import { deliverableOf, type Sessions, windowLength } from "./sessions.ts";
import { type CostModel, hasCap, SLOT_HOURS, SLOTS_PER_DAY } from "./day-tariff.ts";

/**
 * The same problem with one variable per session and slot, for a general solver: the second opinion on small sets.
 * Its objective counts undelivered energy at `unmetPrice`, as the fast method does.
 */
export function wholeProgram(sessions: Sessions, cost: CostModel): LinearProgram {
  const builder = new LinearProgramBuilder();
  const loadRows = Array.from({ length: SLOTS_PER_DAY }, () => builder.addRow(0, 0));
  const peakRows = cost.demand.map(({ slots }) => slots.map((slot) => [slot, builder.addRow(-Infinity, 0)] as const));
  const rowsOfSlot = loadRows.map((row): [number, number][] => [[row, -1]]);
  for (const rows of peakRows) for (const [slot, row] of rows) rowsOfSlot[slot]!.push([row, 1]);
  for (const [slot, entries] of rowsOfSlot.entries()) {
    builder.addColumn({ cost: cost.priceUsdPerKw[slot]!, upper: cost.capKw[slot]! }, entries);
  }
  for (const [j, rows] of peakRows.entries()) {
    builder.addColumn(
      { cost: cost.demand[j]!.usdPerKw },
      rows.map(([, row]) => [row, -1]),
    );
  }
  const { energyKwh } = deliverableOf(sessions);
  const unmetUsdPerKw = hasCap(cost) ? unmetPrice(cost) : null;
  for (let i = 0; i < energyKwh.length; i++) {
    const wanted = energyKwh[i]! / SLOT_HOURS;
    const row = builder.addRow(wanted, wanted);
    const arrival = sessions.arrivalSlot[i]!;
    for (let k = 0; k < windowLength(arrival, sessions.departureSlot[i]!); k++) {
      const slot = (arrival + k) % SLOTS_PER_DAY;
      builder.addColumn({ cost: 0, upper: sessions.powerKwMax[i]! }, [
        [loadRows[slot]!, 1],
        [row, 1],
      ]);
    }
    if (unmetUsdPerKw !== null) builder.addColumn({ cost: unmetUsdPerKw }, [[row, 1]]);
  }
  return builder.build();
}
