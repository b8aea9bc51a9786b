import { FILE_RULES } from "#lib/datasets/core/file-rules";
import type { RuleDeclaration } from "#lib/datasets/core/quality-report";

/** Observations before this are clock faults: no cheap sensor existed. 1950-01-01T00:00Z. */
export const OBSERVED_AT_MS_MIN = Date.UTC(1950, 0, 1);
/** Clocks run ahead a little and zones get mixed up; more than a day ahead is wrong. */
export const FUTURE_TOLERANCE_MS = 86_400_000;

/** Rules of sensor readings in the order in which they are checked. */
export const READING_RULES: readonly RuleDeclaration[] = [
  ...FILE_RULES,
  {
    rule: "timestamp_unparseable",
    label: "Time could not be read",
    severity: "dropped",
    advise: () => "Check the time format of the mapping. When a file mixes formats, upload the parts separately.",
  },
  {
    rule: "timestamp_ambiguous",
    label: "Local time that exists twice at the autumn clock change",
    severity: "repaired",
    advise: () =>
      "Read in the order of the rows; the first pass where the order does not tell. If the logger never changes its clock, choose a fixed offset such as Etc/GMT-1.",
  },
  {
    rule: "timestamp_nonexistent",
    label: "Local time that the spring clock change skips",
    severity: "repaired",
    advise: () =>
      "Moved forward by the skipped hour. A logger that writes such times does not change its clock: choose a fixed offset such as Etc/GMT-1.",
  },
  {
    rule: "timestamp_future",
    label: "Time in the future",
    severity: "dropped",
    advise: () =>
      "More than one day after the upload. Check the logger's clock, the order of day and month, and the time zone.",
  },
  {
    rule: "timestamp_too_old",
    label: "Time before 1950",
    severity: "dropped",
    advise: () => "The logger's clock was probably not set, or the year has two digits.",
  },
  { rule: "sensor_missing", label: "No sensor id", severity: "dropped" },
  { rule: "value_missing", label: "No value", severity: "noted" },
  {
    rule: "value_not_number",
    label: "Value is not a number",
    severity: "dropped",
    advise: (finding) =>
      finding.examples.some(({ value }) => /^-?\d+,\d+$/.test(value.trim()))
        ? "Numbers are written with a decimal comma: say so in the mapping."
        : null,
  },
  { rule: "error_code", label: "Error code instead of a value", severity: "dropped" },
  {
    rule: "out_of_physical_range",
    label: "Outside what the quantity can be",
    severity: "dropped",
    advise: () => "If most values are affected, the unit of the mapping is wrong.",
  },
  {
    rule: "unit_unknown",
    label: "Unit not known for this quantity",
    severity: "noted",
    advise: () => "Kept as written, without range checks.",
  },
  { rule: "unit_converted", label: "Converted to the usual unit", severity: "noted" },
  { rule: "duplicate_in_file", label: "Same sensor, quantity, time and value again", severity: "dropped" },
  {
    rule: "conflict_in_file",
    label: "Same sensor, quantity and time with another value",
    severity: "dropped",
    advise: () => "The first value was kept.",
  },
];
