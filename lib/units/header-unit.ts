import { findUnit } from "./convert.ts";
import { propertyOfName } from "./observed-properties.ts";
import type { ObservedProperty } from "./observed-properties.ts";

export interface HeaderReading {
  property: ObservedProperty | null;
  /** The unit as written in the header, or null. */
  unit: string | null;
  /** Header without the unit. */
  name: string;
}

/**
 * Splits a header such as `Temp (°C)`, `Temperature_F`, `PM2.5_ATM_ug/m3` or `RainfallAmount_Millimetre` into the
 * quantity and its unit. A bare suffix counts as a unit only when it is one and fits the quantity in front of it.
 */
export function readHeader(header: string): HeaderReading {
  const bracket = /^(.*?)\s*[([{]\s*([^)\]}]*?)\s*[)\]}]\s*$/.exec(header);
  if (bracket !== null && findUnit(bracket[2] ?? "") !== null) return reading(bracket[1] ?? "", bracket[2] ?? "");
  // HOBO writes `Temp, °C (LGR S/N: 123, SEN S/N: 123)`.
  const comma = /^([^,]+),\s*([^(,]+?)\s*(\(.*)?$/.exec(header);
  if (comma !== null && findUnit(comma[2] ?? "") !== null) return reading(comma[1] ?? "", comma[2] ?? "");
  const whole = propertyOfName(header);
  if (whole !== null) return { property: whole, unit: null, name: header };
  return (
    readSuffix(header) ?? {
      property: bracket === null ? null : propertyOfName(bracket[1] ?? ""),
      unit: null,
      name: header,
    }
  );
}

function reading(name: string, unit: string): HeaderReading {
  return { property: propertyOfName(name), unit, name };
}

function readSuffix(header: string): HeaderReading | null {
  const words = header.replaceAll(/([a-z0-9])([A-Z][a-z])/g, "$1_$2").split(/[_\s]+/);
  for (let count = Math.min(3, words.length - 1); count >= 1; count--) {
    const name = words.slice(0, -count).join("_");
    const property = propertyOfName(name);
    const unit = [words.slice(-count).join("/"), words.slice(-count).join("")].find((text) => findUnit(text) !== null);
    if (unit === undefined || property === null) continue;
    if (findUnit(unit)?.dimension === findUnit(property.canonicalUnit)?.dimension) return { property, unit, name };
  }
  return null;
}
