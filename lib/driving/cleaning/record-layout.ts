import type { FlagColumn } from "./record-columns.ts";

interface LayoutField {
  role: string;
  /** Normalised header names, the source's own spelling first. */
  names: readonly string[];
  label: string;
  description: string;
  isRequired?: boolean;
  flag?: FlagColumn;
}

/**
 * The fields of a record in the order of the device's lines. A line has the first 8, or all 19 and an empty 20th.
 * `longtitude` is how the source spells it.
 */
export const LAYOUT: readonly LayoutField[] = [
  required("driver", ["driverid", "driver"], "Driver", "Id of the driver."),
  required("plate", ["carplatenumber", "platenumber", "plate"], "Plate", "Plate number of the vehicle."),
  required("latitude", ["latitude", "lat"], "Latitude", "Decimal degrees."),
  required("longitude", ["longtitude", "longitude", "lon", "lng"], "Longitude", "Decimal degrees."),
  required("speed", ["speed", "speedkmh"], "Speed", "km/h."),
  {
    role: "heading",
    names: ["direction", "heading", "headingdeg"],
    label: "Direction",
    description: "Degrees, 0 to 359.",
  },
  { role: "site", names: ["sitename", "site"], label: "Place", description: "Name of the place, distance to go." },
  required("timestamp", ["time", "timestamp", "recordedat"], "Time", "Wall clock, to the second."),
  flag("is_rapid_speedup", ["israpidlyspeedup"], "Rapid speed-up"),
  flag("is_rapid_slowdown", ["israpidlyslowdown"], "Rapid slow-down"),
  flag("is_neutral_slide", ["isneutralslide"], "Neutral slide begins"),
  flag("is_neutral_slide_end", ["isneutralslidefinished"], "Neutral slide ends"),
  duration("neutral_slide_s", ["neutralslidetime"], "Neutral slide time", "Seconds; in the row that ends it."),
  flag("is_overspeed", ["isoverspeed"], "Overspeed begins"),
  flag("is_overspeed_end", ["isoverspeedfinished"], "Overspeed ends"),
  duration("overspeed_s", ["overspeedtime"], "Overspeed time", "Seconds; in the row that ends it."),
  flag("is_fatigue", ["isfatiguedriving"], "Fatigue"),
  flag("is_throttle_stop", ["ishthrottlestop"], "Throttle while stopped"),
  flag("is_oil_leak", ["isoilleak"], "Oil leak"),
];

export const PLAIN_FIELD_COUNT = 8;
/** Flagged lines end in a separator, so that a last, empty field follows the 19. */
export const FLAGGED_FIELD_COUNT = LAYOUT.length + 1;

/** A reader names the columns of a file without a header so. */
export function isUnnamed(columns: readonly string[]): boolean {
  return columns.every((column, index) => column === unnamedColumn(index));
}

/** Of a file without a header; which of its columns have names depends on its first line. */
export function unnamedColumn(index: number): string {
  return `column_${index + 1}`;
}

export function fieldOfRole(role: string): LayoutField | undefined {
  return LAYOUT.find((field) => field.role === role);
}

/** `isOverspeedFinished`, `Overspeed finished` and `is_overspeed_finished` are the same header. */
export function roleOfHeader(header: string): string | null {
  const key = header.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return LAYOUT.find(({ names, role }) => names.includes(key) || role.replaceAll("_", "") === key)?.role ?? null;
}

function required(role: string, names: string[], label: string, description: string): LayoutField {
  return { role, names, label, description, isRequired: true };
}

function flag(column: FlagColumn, names: string[], label: string): LayoutField {
  return { role: column, names, label, description: "1, 0 or empty.", flag: column };
}

function duration(role: string, names: string[], label: string, description: string): LayoutField {
  return { role, names, label, description };
}
