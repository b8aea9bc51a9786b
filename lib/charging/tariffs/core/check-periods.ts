import { windowWords } from "./window-words.ts";
import { cellsOf, QUARTER_CELL_COUNT, type TariffWindow, windowsOf } from "./windows.ts";

interface Labelled extends TariffWindow {
  label: string;
}

export interface PeriodFault {
  kind: "gap" | "overlap";
  window: TariffWindow;
  /** Positions of the periods that overlap; empty for a gap. */
  periods: readonly number[];
  message: string;
}

const MORE_THAN_TWO = "+";

/** Hours in two periods, and hours in none when every hour needs a price, each with the months and days they are of. */
export function checkPeriods(periods: readonly Labelled[], options: { isComplete: boolean }): PeriodFault[] {
  const owners = Array<string>(QUARTER_CELL_COUNT).fill("");
  periods.forEach((period, at) => {
    for (const cell of cellsOf(period)) owners[cell] = owners[cell] ? `${owners[cell]}${MORE_THAN_TWO}${at}` : `${at}`;
  });
  const faults = windowsOf((cell) => {
    const owner = owners[cell]!;
    if (owner === "") return options.isComplete ? "" : null;
    return owner.includes(MORE_THAN_TWO) ? owner : null;
  });
  return faults.map(({ kind: owner, ...window }) => {
    if (owner === "") return { kind: "gap", window, periods: [], message: `No price: ${windowWords(window)}.` };
    const at = owner.split(MORE_THAN_TWO).map(Number);
    const names = at.map((index) => `“${periods[index]!.label}” (row ${index + 1})`).join(" and ");
    return { kind: "overlap", window, periods: at, message: `${names} overlap: ${windowWords(window)}.` };
  });
}
