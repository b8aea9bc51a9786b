import { formatNumber } from "#lib/format/numbers";
import type { MapState } from "#lib/maps/spec";
import { findUnit } from "#lib/units/convert";

export function unitLabel(unit: string): string {
  return findUnit(unit)?.label ?? unit;
}

const DECIMALS: Readonly<Record<string, number>> = { "%": 0, V: 2, lx: 0, deg: 0, dBm: 0, "uS/cm": 0 };

/** Decimals of every value in a unit, so that a column lines up. */
export function decimalsOf(unit: string): number {
  return DECIMALS[unit] ?? 1;
}

export function readingText(value: number, unit: string): string {
  const label = unitLabel(unit);
  return `${formatNumber(value, { decimals: decimalsOf(unit) })}${label === "" ? "" : ` ${label}`}`;
}

export function distanceText(distanceM: number): string {
  return distanceM < 1000
    ? `${formatNumber(distanceM, { decimals: 0 })} m`
    : `${formatNumber(distanceM / 1000, { decimals: 1 })} km`;
}

export function positionText(latitude: number, longitude: number): string {
  const side = (value: number, [plus, minus]: readonly [string, string]) =>
    `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`;
  return `${side(latitude, ["N", "S"])}, ${side(longitude, ["E", "W"])}`;
}

const STATE_TITLES: Readonly<Record<MapState, string>> = {
  good: "Why this is good",
  recovered: "Why this has recovered",
  suspect: "Why this is suspect",
  fault: "Why this is a fault",
  silent: "Why this is silent",
  reference: "Reference station",
};

export function whyTitle(state: MapState): string {
  return STATE_TITLES[state];
}

/** What found something, in one or two words: a check, or the cause that the fault detector names. */
export function checkWord(check: string): string {
  return check.replace(/^fault: /, "");
}
