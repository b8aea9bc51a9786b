import { FILE_RULES } from "#lib/datasets/core/file-rules";
import type { RuleDeclaration } from "#lib/datasets/core/quality-report";

/** Rules of intervals in their order; sorting by session and interval stands between the caps and the rounding. */
export const INTERVAL_RULES: readonly RuleDeclaration[] = [
  ...FILE_RULES,
  { rule: "energy_none", label: "No energy", severity: "dropped" },
  { rule: "interval_short", label: "Shorter than a second", severity: "dropped" },
  { rule: "id_unreadable", label: "Session or interval id is no number", severity: "dropped" },
  { rule: "negative_to_zero", label: "Negative, set to 0", severity: "repaired" },
  {
    rule: "power_capped",
    label: "More power than chargers give, cut",
    severity: "repaired",
    advise: () => "Raise the limit in the settings when faster chargers are part of the data.",
  },
  { rule: "energy_capped", label: "More energy than that power gives in the interval, cut", severity: "repaired" },
  { rule: "start_unreadable", label: "Start time could not be read, kept without", severity: "noted" },
];
