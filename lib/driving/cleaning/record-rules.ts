import { FILE_RULES } from "#lib/datasets/core/file-rules";
import { describeRows } from "#lib/datasets/core/quality-sentences";
import type { RuleDeclaration } from "#lib/datasets/core/quality-report";

/** Devices with a clock did not exist before; earlier times are of a clock that was never set. */
export const CLOCK_S_MIN = Date.UTC(1990, 0, 1) / 1000;
export const FUTURE_TOLERANCE_MS = 86_400_000;
export const SPEED_KMH_MAX = 300;
export const HEADING_DEG_MAX = 359;
export const EPISODE_S_MAX = 86_400;

/**
 * Rules of driving records in the order in which they are checked. Nothing is clamped or guessed, and no row is left
 * out for its content: the same line twice is two events.
 */
export const RECORD_RULES: readonly RuleDeclaration[] = [
  ...FILE_RULES.map((rule) =>
    rule.rule === "row_shape"
      ? {
          ...rule,
          label: "Neither 8 nor 20 fields",
          advise: (finding: Parameters<NonNullable<RuleDeclaration["advise"]>>[0]) =>
            `A plain record has 8 fields, one with flags 19 and an empty 20th. Look at ${describeRows(finding)}.`,
        }
      : rule,
  ),
  { rule: "driver_missing", label: "No driver id", severity: "dropped" },
  { rule: "plate_missing", label: "No plate number", severity: "dropped" },
  { rule: "position_invalid", label: "No position on Earth", severity: "dropped" },
  { rule: "speed_invalid", label: `Speed is no number from 0 to ${SPEED_KMH_MAX} km/h`, severity: "dropped" },
  { rule: "heading_invalid", label: `Direction is no number from 0 to ${HEADING_DEG_MAX}`, severity: "dropped" },
  {
    rule: "time_unparseable",
    label: "Time could not be read",
    severity: "dropped",
    advise: () => "Expected 2017-01-31 08:00:05. For another format, change it in the mapping.",
  },
  {
    rule: "time_future",
    label: "Time in the future",
    severity: "dropped",
    advise: () => "More than one day after the upload. Check the device's clock and the time zone.",
  },
  { rule: "time_too_old", label: "Time before 1990", severity: "dropped" },
  { rule: "flag_invalid", label: "A flag is neither 1, 0 nor empty", severity: "dropped" },
  {
    rule: "duration_invalid",
    label: "Duration is no number of seconds from 0 to a day",
    severity: "dropped",
  },
  { rule: "duration_without_end", label: "Duration without the flag that something ended", severity: "dropped" },
  {
    rule: "duration_missing",
    label: "Something ended, its duration is missing",
    severity: "noted",
    advise: () => "Kept. It counts as ended and adds no time.",
  },
  { rule: "time_rounded", label: "Fraction of a second left out", severity: "repaired" },
  {
    rule: "time_at_clock_change",
    label: "Local time that a clock change repeats or skips",
    severity: "noted",
    advise: () => "Summaries go by the written time. The instant is the earlier one.",
  },
  {
    rule: "plate_changed",
    label: "Driver with another plate than before",
    severity: "noted",
    advise: () => "Kept as written.",
  },
  {
    rule: "out_of_order",
    label: "Earlier than the driver's row before",
    severity: "noted",
    advise: () => "Kept. Summaries sort each driver's rows by time, and rows of one second by their order here.",
  },
  {
    rule: "repeated_row",
    label: "Same as the driver's row before",
    severity: "noted",
    advise: () => "Kept and counted: a device may report the same event twice in one second.",
  },
];
