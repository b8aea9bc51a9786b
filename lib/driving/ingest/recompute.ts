import { newId } from "#lib/ids";
import { giveUpSilent, NEW_DRIVER, trackEpisodes, type DriverState, type Transition } from "../core/track-episodes.ts";
import { EPISODE_KINDS } from "../core/track-episodes.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import { listEpisodesBetween, type KnownEpisode } from "./episodes-store.ts";
import type { FeedChanges } from "./feed-changes.ts";
import type { OpenFeed } from "./feed-store.ts";
import { findSessionEdge, readRecords } from "./records-store.ts";

export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * Follows a driver's episodes once more after records came in that are older than his newest: from the beginning of
 * the session they fell into to its end, over the stored records in their right order. An episode keeps its id, as
 * the record that starts it stays the same.
 */
export async function recomputeEpisodes(
  open: OpenFeed,
  { driver, span, changes }: { driver: WrittenDriver; span: Span; changes: FeedChanges },
): Promise<void> {
  const { client, feed } = open;
  const { driverNo, code } = driver;
  const look = { driverNo, gapS: feed.gapS };
  const fromMs = await findSessionEdge(client, { ...look, atMs: span.fromMs, isBackward: true });
  const toMs = await findSessionEdge(client, { ...look, atMs: span.toMs, isBackward: false });
  const known = await listEpisodesBetween(client, { workspaceId: feed.workspaceId, driverNo, fromMs, toMs });
  const byStart = new Map(known.map((episode) => [`${episode.kind} ${episode.startSeq}`, episode]));
  const idOf = (kind: string, startSeq: number) => byStart.get(`${kind} ${startSeq}`)?.id ?? newId();

  let state: DriverState = NEW_DRIVER;
  const last = new Map<string, Transition>();
  for (const record of await readRecords(client, { driverNo, fromMs, toMs })) {
    const arrived = { ...record, driverCode: code, producerSeq: null };
    const step = trackEpisodes(state, arrived, { gapS: feed.gapS, idOf });
    state = step.state;
    for (const transition of step.transitions) last.set(transition.episode.id, transition);
  }
  if (toMs < driver.state.newestAtMs) {
    for (const transition of giveUpSilent(state).transitions) last.set(transition.episode.id, transition);
  } else driver.state = keepSilence(driver, state);
  const knownById = new Map(known.map((episode) => [episode.id, episode]));
  for (const transition of last.values()) tell(driver, transition, { known: knownById, changes });
}

/** An episode given up after a silence stays so while only old records come. */
function keepSilence(driver: WrittenDriver, state: DriverState): DriverState {
  const open = { ...state.open };
  for (const kind of EPISODE_KINDS) {
    const [before, after] = [driver.state.open[kind], open[kind]];
    if (before?.isSilent && after?.id === before.id && driver.added === driver.addedLate) {
      open[kind] = { ...after, isSilent: true };
    }
  }
  return { newestAtMs: state.newestAtMs, open };
}

function tell(
  driver: WrittenDriver,
  transition: Transition,
  { known, changes }: { known: ReadonlyMap<string, KnownEpisode>; changes: FeedChanges },
): void {
  const { episode, what } = transition;
  const before = known.get(episode.id);
  const open = driver.state.open[episode.kind];
  if (what !== "closed" && what !== "unclosed") {
    const isSilent = open?.id === episode.id && open.isSilent;
    if (before)
      changes.note(driver, { ...transition, what: isSilent ? "unclosed" : "resumed" }, isNews(before, isSilent));
    else changes.note(driver, { ...transition, what: "started" });
    return;
  }
  // Begun and ended in one go: both are said.
  if (!before) changes.note(driver, { ...transition, what: "started" });
  changes.note(driver, transition, !before || before.state !== what || before.endSeq !== transition.endSeq);
}

function isNews(before: KnownEpisode, isSilent: boolean): boolean {
  return before.state !== (isSilent ? "unclosed" : "open");
}
