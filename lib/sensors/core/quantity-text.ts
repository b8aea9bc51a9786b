import { formatNumber } from "#lib/format/numbers";
import { findUnit } from "#lib/units/convert";

/** A measured value for a sentence, about three significant digits and its unit (a code): "21.3 °C", "1,013 hPa". */
export function quantityText(value: number, unit: string): string {
  const size = Math.abs(value);
  const decimalsMax = size >= 100 ? 1 : size >= 1 ? 2 : 3;
  const text = formatNumber(value, { decimalsMax });
  const label = findUnit(unit)?.label ?? unit;
  return label === "" ? text : `${text} ${label}`;
}

/** "1 value", "3 values". */
export function countText(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}
