import {
  keepRuleSilence,
  replayRules,
  type KnownRuleEpisode,
  type RuleReplay,
  type RuleReplayInput,
} from "../rules/core/replay-rules.ts";
import type { RuleTransition } from "../rules/core/track-rules.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import type { FeedChanges } from "./feed-changes.ts";
import type { OpenFeed } from "./feed-store.ts";

type Own = Omit<RuleReplayInput, "rules" | "firstNewSeq"> & { driver: WrittenDriver };

/** Follows stretches over the rules again; null when it needs more records. */
export function replayOwn({ afterSeq, rules }: OpenFeed, { driver, ...input }: Own): RuleReplay | null {
  if (rules.all.length === 0) return { last: [], withdrawn: [], states: driver.rules };
  return replayRules({ ...input, rules, firstNewSeq: afterSeq + 1 });
}

interface RuleResult {
  driver: WrittenDriver;
  replay: RuleReplay;
  known: ReadonlyMap<string, KnownRuleEpisode>;
  changes: FeedChanges;
}

/** Takes over what the records in their right order make of the rules' episodes, and says what is new in it. */
export function applyRules({ driver, replay: { last, states, withdrawn }, known, changes }: RuleResult): void {
  const isOldOnly = driver.added === driver.addedLate;
  if (states) driver.rules = isOldOnly ? keepRuleSilence(driver.rules, states) : states;
  for (const transition of last) {
    const { stretch, endSeq } = transition;
    const now = driver.rules[stretch.ruleNo];
    const isSilent = now?.id === stretch.id && now.isSilent;
    const said: RuleTransition = isSilent ? { ...transition, what: "unclosed", stretch: now } : transition;
    const isEnded = said.what === "closed" || said.what === "unclosed";
    const before = known.get(stretch.id);
    // Begun and ended in one go: both are said.
    if (!before) changes.noteRule(driver, { ...transition, what: "started" });
    if (!before && !isEnded) continue;
    const isNews = !before || before.state !== (isEnded ? said.what : "open") || before.endSeq !== endSeq;
    changes.noteRule(driver, isEnded ? said : { ...said, what: "resumed" }, isNews);
  }
  for (const episode of withdrawn) changes.withdraw(driver, episode);
}
