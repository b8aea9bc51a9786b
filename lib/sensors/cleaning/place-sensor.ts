import { parseNumber } from "#lib/datasets/core/parse-number";
import { isErrorText, isMissingText } from "./missing-values.ts";
import type { Fault, FaultLog } from "#lib/datasets/core/cleaner-rows";
import type { ColumnMapping } from "#lib/datasets/core/mapping";

export interface Position {
  /** Degrees, WGS 84; NaN without a position. */
  latitude: number;
  longitude: number;
  isRepaired: boolean;
}

export interface PositionCells {
  latitude: string;
  longitude: string;
  /** Header names, for the report. */
  columns: string;
}

const NOWHERE: Position = { latitude: NaN, longitude: NaN, isRepaired: false };

const isOnEarth = (latitude: number, longitude: number) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

/** Reads the position of one row; whatever is wrong is noted and leaves the sensor without a position. */
export function placeSensor(cells: PositionCells, mapping: ColumnMapping, faults: FaultLog): Position {
  const value = `${cells.latitude.trim()}, ${cells.longitude.trim()}`;
  const nowhere = (rule: string, detail: string): Position => {
    faults.note({ rule, column: cells.columns, value, detail });
    return NOWHERE;
  };
  if (isAbsent(cells.latitude) || isAbsent(cells.longitude))
    return nowhere("position_missing", "Latitude or longitude is empty");
  const first = readDegrees(cells.latitude, mapping.decimalComma);
  const second = readDegrees(cells.longitude, mapping.decimalComma);
  if (Number.isNaN(first.degrees + second.degrees))
    return nowhere("position_not_number", "Decimal degrees were expected, for example 47.9990");
  const isSwappedFile = mapping.positions === "swap_all";
  const latitude = isSwappedFile ? second.degrees : first.degrees;
  const longitude = isSwappedFile ? first.degrees : second.degrees;
  if (latitude === 0 && longitude === 0) return nowhere("position_zero", "A point in the Gulf of Guinea");
  let isRepaired = isSwappedFile;
  if (first.hadComma || second.hadComma) {
    faults.note({
      rule: "decimal_comma",
      column: cells.columns,
      value,
      detail: `Read as ${first.degrees}, ${second.degrees}`,
    });
    isRepaired = true;
  }
  if (isSwappedFile) faults.note(swapFault(cells, value, { latitude, longitude }));
  if (isOnEarth(latitude, longitude)) return { latitude, longitude, isRepaired };
  if (!isOnEarth(longitude, latitude))
    return nowhere("position_out_of_range", "Latitude goes to ±90, longitude to ±180");
  if (mapping.positions !== "swap_out_of_range") {
    return nowhere("position_out_of_range", `Would be valid exchanged: latitude ${longitude}, longitude ${latitude}`);
  }
  faults.note(swapFault(cells, value, { latitude: longitude, longitude: latitude }));
  return { latitude: longitude, longitude: latitude, isRepaired: true };
}

function swapFault(
  cells: PositionCells,
  value: string,
  { latitude, longitude }: { latitude: number; longitude: number },
): Fault {
  return {
    rule: "position_swap_fixed",
    column: cells.columns,
    value,
    detail: `Read as latitude ${latitude}, longitude ${longitude}`,
  };
}

function isAbsent(cell: string): boolean {
  return isMissingText(cell) || isErrorText(cell) || /^-9999?(\.0+)?$/.test(cell.trim());
}

/** Decimal degrees, with or without `°` and a hemisphere letter. */
function readDegrees(cell: string, decimalComma: boolean): { degrees: number; hadComma: boolean } {
  const parts = /^([+\-−]?[\d.,]+)\s*°?\s*([NSEWnsew]?)$/.exec(cell.trim());
  if (parts === null) return { degrees: NaN, hadComma: false };
  const [, digits = "", hemisphere = ""] = parts;
  const sign = /[swSW]/.test(hemisphere) ? -1 : 1;
  // `7,849` is never seven thousand degrees, so a comma is a decimal comma whatever the file does elsewhere.
  const hadComma = !decimalComma && /^[^.,]*,[^.,]*$/.test(digits);
  return { degrees: sign * parseNumber(hadComma ? digits.replace(",", ".") : digits, decimalComma), hadComma };
}
