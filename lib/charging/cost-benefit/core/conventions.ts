interface ConventionSpec {
  label: string;
  /** What the value of the preset `script-2020` does, as found in the original tool. */
  defect: string;
  /** First value: as in 2020. Second: corrected. */
  values: readonly [script2020: string, corrected: string];
}

/** Known defects of the original tool, each with the value that reproduces it and the value that mends it. */
export const CONVENTIONS = {
  supplyCapacity: {
    label: "Capacity in the electricity supply cost",
    defect: "The summary adds the capacity cost to a supply cost that holds it already.",
    values: ["twice", "once"],
  },
  demandCharges: {
    label: "Demand charges in bills",
    defect: "Peak and part-peak demand charges are computed and left out of the bill.",
    values: ["monthly-maximum", "all-windows"],
  },
  demandBasis: {
    label: "Demand of charging behind a building's meter",
    defect: "The load at the building's peak is never used: every class is billed on its own peak.",
    values: ["own-peak", "with-building"],
  },
  demandMonths: {
    label: "Demand of a month",
    defect: "The peak of the year is billed in all twelve months.",
    values: ["annual-peak", "monthly-peaks"],
  },
  fixedCharges: {
    label: "Fixed charges",
    defect: "A charge per meter and day is multiplied by 12 months.",
    values: ["twelve-times", "by-unit"],
  },
  homeMeters: {
    label: "Home meters",
    defect: "Level 1 and level 2 each count the whole stock of home chargers.",
    values: ["per-charger-type", "shared"],
  },
  eveningPeak: {
    label: "Peak demand 5–9 PM",
    defect: "The largest class alone instead of all classes together.",
    values: ["largest-class", "all-classes"],
  },
  gasolineEnergy: {
    label: "Energy of gasoline",
    defect: "Rows called MMBTU hold Btu.",
    values: ["btu", "mmbtu"],
  },
  iceGasoline: {
    label: "Gasoline of a gasoline car",
    defect: "Every car on the road burns what a new car of the first year does; the case's own figure is not used.",
    values: ["new-car", "case"],
  },
  carbonPrice: {
    label: "Price of carbon",
    defect: "No price is given, so every carbon amount is 0 $.",
    values: ["none", "priced"],
  },
  gasolineCarbon: {
    label: "CO2 of a gallon in the summary",
    defect: "The summary uses 0.008887 t/gal, the tables what the case says.",
    values: ["fixed", "case"],
  },
  dayTypes: {
    label: "Weekdays",
    defect: "Profiles begin on a Monday; bills and averages use each year's own weekdays and mix them with weekends.",
    values: ["calendar-year", "profile-week"],
  },
  runOff: {
    label: "Load after the last adoption year",
    defect: "Loads retire after 11 years and vehicles after their lifetime, so kWh per vehicle doubles.",
    values: ["as-given", "follows-stock"],
  },
  firstStock: {
    label: "Vehicles of the first year",
    defect: "They are never replaced and save no maintenance until a lifetime has passed.",
    values: ["permanent", "retires-evenly"],
  },
  creditWithoutReplacements: {
    label: "Tax credit when replacements get none",
    defect: "The line of PHEVs overwrites the line of BEVs.",
    values: ["phev-only", "both"],
  },
  salesShare: {
    label: "EV sales as a share",
    defect: "EV sales are divided by all vehicles on the road.",
    values: ["of-stock", "of-sales"],
  },
  lastYear: {
    label: "Last year of shares and gasoline use",
    defect: "The last year is left out.",
    values: ["left-out", "included"],
  },
  negativeTotals: {
    label: "Totals below zero",
    defect: "Totals of zero or less are dropped and shown as 0.",
    values: ["zero", "kept"],
  },
  priceBeyondTable: {
    label: "Gasoline price after the table's end",
    defect: "Years that the table gives as 0 cost nothing.",
    values: ["zero", "held"],
  },
} as const satisfies Record<string, ConventionSpec>;

export type ConventionKey = keyof typeof CONVENTIONS;
export type Conventions = { [K in ConventionKey]: (typeof CONVENTIONS)[K]["values"][number] };

export const CONVENTION_KEYS = Object.keys(CONVENTIONS) as ConventionKey[];

export const PRESETS = ["script-2020", "corrected"] as const;
export type Preset = (typeof PRESETS)[number];

export function conventionsOf(preset: Preset): Conventions {
  const at = preset === "script-2020" ? 0 : 1;
  return Object.fromEntries(CONVENTION_KEYS.map((key) => [key, CONVENTIONS[key].values[at]])) as Conventions;
}
