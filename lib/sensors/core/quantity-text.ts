import { formatNumber } from "#lib/format/numbers";

/** A measured value for a sentence, about three significant digits and its unit: "21.3 °C", "−0.042 V", "1,013 hPa". */
export function quantityText(value: number, unit: string): string {
  const size = Math.abs(value);
  const decimalsMax = size >= 100 ? 1 : size >= 1 ? 2 : 3;
  const text = formatNumber(value, { decimalsMax });
  return unit === "" ? text : `${text} ${unit}`;
}

/** "1 value", "3 values". */
export function countText(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}
