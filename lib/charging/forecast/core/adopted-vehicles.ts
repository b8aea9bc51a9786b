import { AppError } from "#lib/errors";
import type { AdoptionRow } from "../../tables/schema.ts";

export interface AdoptedVehicles {
  county: string;
  evCount: number;
}

/**
 * Vehicles of every county in a year, from the rows of an adoption table; not rounded.
 * @param evCount all vehicles, of which rows with a share have theirs
 */
export function adoptedVehicles(rows: readonly AdoptionRow[], year: number, evCount: number): AdoptedVehicles[] {
  const ofYear = rows.filter((row) => row.year === year);
  if (ofYear.length === 0) {
    const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
    const known = years.length === 0 ? "it is empty" : `it has ${years.join(", ")}`;
    throw new AppError("unprocessable", `The adoption table has no vehicles of ${year}; ${known}.`);
  }
  return ofYear.map(({ county, evCount: vehicles, shareFraction }) => ({
    county,
    evCount: vehicles ?? (shareFraction ?? 0) * evCount,
  }));
}
