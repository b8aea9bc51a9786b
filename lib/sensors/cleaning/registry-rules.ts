import { FILE_RULES } from "#lib/datasets/core/file-rules";
import type { ColumnDeclaration } from "#lib/tables/column";
import type { RuleDeclaration } from "#lib/datasets/core/quality-report";

/** The cleaned table of sensors, one row per sensor. */
export const REGISTRY_COLUMNS: readonly ColumnDeclaration[] = [
  { name: "sensor_code", type: "text" },
  { name: "name", type: "text" },
  { name: "latitude", type: "double", unit: "deg" },
  { name: "longitude", type: "double", unit: "deg" },
  { name: "elevation_m", type: "double", unit: "m" },
  { name: "owner", type: "text" },
  { name: "exposure", type: "text" },
  { name: "is_reference", type: "bool" },
  { name: "attributes", type: "text" },
  { name: "source_file", type: "text" },
  { name: "source_row", type: "int" },
];

const UNPLACED = "The sensor is kept, but not on the map.";

/** Rules of a sensor registry in the order in which they are checked. */
export const REGISTRY_RULES: readonly RuleDeclaration[] = [
  ...FILE_RULES,
  { rule: "sensor_missing", label: "No sensor id", severity: "dropped" },
  { rule: "duplicate_in_file", label: "Same sensor, same row again", severity: "dropped" },
  {
    rule: "conflict_in_file",
    label: "Sensor id stands in an earlier row with other details",
    severity: "dropped",
    advise: () => "The first row was kept. If the ids are right, the file describes a sensor that moved.",
  },
  { rule: "position_missing", label: "No position", severity: "noted", advise: () => UNPLACED },
  {
    rule: "position_zero",
    label: "Position 0, 0",
    severity: "noted",
    advise: () => `Devices without a position report 0, 0. ${UNPLACED}`,
  },
  { rule: "position_not_number", label: "Position is not a number", severity: "noted", advise: () => UNPLACED },
  { rule: "position_swap_fixed", label: "Latitude and longitude exchanged", severity: "repaired" },
  {
    rule: "position_out_of_range",
    label: "Position outside the Earth's coordinates",
    severity: "noted",
    advise: ({ examples }) =>
      examples.some(({ detail }) => detail.includes("exchanged"))
        ? `Latitude and longitude are probably exchanged: choose to swap them in the mapping. ${UNPLACED}`
        : UNPLACED,
  },
  {
    rule: "position_swap_suspected",
    label: "Far from the other sensors, near them if latitude and longitude are exchanged",
    severity: "noted",
    advise: () => "Kept as written. Correct the rows, or choose to swap in the mapping if the whole file is affected.",
  },
  { rule: "decimal_comma", label: "Number with a decimal comma", severity: "repaired" },
  {
    rule: "elevation_invalid",
    label: "Elevation is not a height on Earth",
    severity: "noted",
    advise: () => "Stored without elevation.",
  },
  {
    rule: "reference_invalid",
    label: "Reference station: neither yes nor no",
    severity: "noted",
    advise: () => "Stored as no.",
  },
];
