import type { TariffWindow } from "./windows.ts";
import { windowsOf } from "./windows.ts";

export interface PricedWindow extends TariffWindow {
  label: string;
  price: number;
}

/** Periods with the prices of a table by (day type, month, hour); where `isCharged` says no, there is none. */
export function periodsOfTable(prices: Float64Array, isCharged: (price: number) => boolean): PricedWindow[] {
  const known = [...new Set(prices)].filter(isCharged).sort((a, b) => a - b);
  const labels = new Map(known.map((price, at) => [price, labelOf(at, known.length)]));
  const windows = windowsOf((cell) => {
    const price = prices[Math.floor(cell / 4)]!;
    return labels.has(price) ? price : null;
  });
  return windows
    .sort((a, b) => a.months[0]! - b.months[0]! || a.kind - b.kind)
    .map(({ kind: price, ...window }) => ({ label: labels.get(price)!, ...window, price }));
}

function labelOf(at: number, count: number): string {
  if (count === 1) return "All hours";
  if (count > 3) return `Level ${at + 1}`;
  return at === 0 ? "Off-peak" : at === count - 1 ? "Peak" : "Part-peak";
}
