import { NEW_DRIVER, trackEpisodes, type ArrivedRecord } from "../../core/track-episodes.ts";
import type { RuleSet } from "./rule.ts";
import { NO_STRETCH, trackRules, type RuleStates } from "./track-rules.ts";

/** How many stretches over the rules one driver's records hold; they come in the order of their time. */
export function countStretches(records: readonly ArrivedRecord[], rules: RuleSet, gapS: number): number {
  let device = NEW_DRIVER;
  let states: RuleStates = NO_STRETCH;
  let count = 0;
  for (const record of records) {
    const step = trackEpisodes(device, record, { gapS, idOf: (_kind, seq) => String(seq) });
    const beforeMs = device.newestAtMs;
    const judging = rules.inForce;
    const found = trackRules(states, record, { beforeMs, device: step, rules, judging, gapS, idOf: () => "" });
    device = step.state;
    states = found.states;
    for (const { what } of found.transitions) if (what === "started") count += 1;
  }
  return count;
}
