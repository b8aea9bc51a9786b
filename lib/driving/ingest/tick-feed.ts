import { giveUpSilent } from "../core/track-episodes.ts";
import { giveUpSilentRules } from "../rules/core/track-rules.ts";
import { loadSilentDrivers, saveDrivers } from "./drivers-store.ts";
import { FeedChanges } from "./feed-changes.ts";
import { inFeed } from "./feed-store.ts";

/**
 * What time alone brings about: a frame closes at its boundary, and an episode whose driver has fallen silent is given
 * up. Any number of processes may call this; the first does it. Returns the database's clock.
 */
export function tickFeed(scope: { workspaceId: string }): Promise<number> {
  return inFeed(scope, async (open) => {
    const { client, feed, nowMs } = open;
    const changes = new FeedChanges(open);
    const silent = await loadSilentDrivers(client, { workspaceId: feed.workspaceId, gapS: feed.gapS, nowMs });
    for (const driver of silent) {
      const { state, transitions } = giveUpSilent(driver.state);
      driver.state = state;
      for (const transition of transitions) changes.note(driver, transition);
      const own = giveUpSilentRules(driver.rules);
      driver.rules = own.states;
      for (const transition of own.transitions) changes.noteRule(driver, transition);
    }
    await saveDrivers(client, silent, nowMs);
    if (changes.isEmpty && feed.frameNo > 0) return nowMs;
    await changes.save(null);
    return nowMs;
  });
}
