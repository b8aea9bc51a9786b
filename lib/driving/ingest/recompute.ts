import { newId } from "#lib/ids";
import { keepSilence, replayEpisodes, type KnownEpisode, type Replay } from "../core/replay-episodes.ts";
import type { Transition } from "../core/track-episodes.ts";
import { lookBackMs, type KnownRuleEpisode } from "../rules/core/replay-rules.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import { findAffectedStarts, listEpisodesIn, type StoredEpisode } from "./episodes-store.ts";
import type { FeedChanges } from "./feed-changes.ts";
import type { OpenFeed } from "./feed-store.ts";
import { applyRules, replayOwn } from "./recompute-rules.ts";
import { readRecordsFrom } from "./records-store.ts";

/** The time that a driver's new records cover. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** A little disorder needs few records; a session that came late needs all of them. */
const RECORDS_FIRST = 256;
const RECORDS_GROWTH = 8;

interface Affected {
  driver: WrittenDriver;
  driverNo: number;
  fromMs: number;
  changedFromMs: number;
  changedUntilMs: number;
}

/**
 * Follows episodes again for drivers of whom records came in that are older than their newest, over the stored records
 * in their right order. An episode keeps its id, as the record that starts it stays the same.
 */
export async function recomputeEpisodes(
  open: OpenFeed,
  { spans, changes }: { spans: ReadonlyMap<WrittenDriver, Span>; changes: FeedChanges },
): Promise<void> {
  if (spans.size === 0) return;
  const { client, feed, rules } = open;
  const stretches = Array.from(spans, ([{ driverNo }, span]) => ({ driverNo, ...span }));
  const starts = await findAffectedStarts(client, { gapS: feed.gapS, stretches });
  let left = Array.from(spans, ([driver, { fromMs, toMs }]): Affected => {
    const { driverNo } = driver;
    const startMs = starts.get(driverNo) ?? fromMs;
    // Stretches that were too short for a rule are not stored.
    const earliestMs = rules.all.length > 0 ? Math.min(startMs, fromMs - lookBackMs(rules, feed.gapS)) : startMs;
    return { driver, driverNo, fromMs: earliestMs, changedFromMs: fromMs, changedUntilMs: toMs };
  });
  for (let limit = RECORDS_FIRST; left.length > 0; limit *= RECORDS_GROWTH) {
    left = await recomputeWith(open, { left, limit, changes });
  }
}

/** Recomputes with at most `limit` records of each driver; returns those for whom that was too few. */
async function recomputeWith(
  open: OpenFeed,
  { left, limit, changes }: { left: readonly Affected[]; limit: number; changes: FeedChanges },
): Promise<Affected[]> {
  const { client, feed } = open;
  const records = await readRecordsFrom(client, { starts: left, limit });
  const stretches = left.map(({ driverNo, fromMs }) => {
    return { driverNo, fromMs, toMs: records.get(driverNo)?.at(-1)?.recordedAtMs ?? fromMs };
  });
  const known = Map.groupBy(await listEpisodesIn(client, stretches), ({ driverNo }) => driverNo);
  return left.filter(({ driver, driverNo, changedFromMs, changedUntilMs }) => {
    const read = records.get(driverNo) ?? [];
    const own = read.map((record) => ({ ...record, driverCode: driver.code, producerSeq: null }));
    const before = known.get(driverNo) ?? [];
    const ofDevice = before.filter(isOfDevice);
    const common = { records: own, changedUntilMs, isWhole: own.length < limit, gapS: feed.gapS, newId };
    const replay = replayEpisodes({ ...common, known: ofDevice });
    const ofRules = before.filter(isOfRule);
    const byRules = replayOwn(open, { ...common, driver, known: ofRules, changedFromMs });
    if (!replay || !byRules) return true;
    apply({ driver, replay, known: new Map(ofDevice.map((episode) => [episode.id, episode])), changes });
    applyRules({ driver, replay: byRules, known: new Map(ofRules.map((episode) => [episode.id, episode])), changes });
    return false;
  });
}

const isOfDevice = (episode: StoredEpisode): episode is StoredEpisode & KnownEpisode => episode.kind !== "rule";
const isOfRule = (episode: StoredEpisode): episode is StoredEpisode & KnownRuleEpisode => episode.kind === "rule";

interface Result {
  driver: WrittenDriver;
  replay: Replay;
  known: ReadonlyMap<string, KnownEpisode>;
  changes: FeedChanges;
}

function apply({ driver, replay: { last, state }, known, changes }: Result): void {
  const isOldOnly = driver.added === driver.addedLate;
  if (state) driver.state = isOldOnly ? keepSilence(driver.state, state) : state;
  for (const transition of last.values()) {
    const { episode } = transition;
    const open = driver.state.open[episode.kind];
    const isSilent = open?.id === episode.id && open.isSilent;
    tell(driver, isSilent ? { ...transition, what: "unclosed", episode: open } : transition, {
      before: known.get(episode.id),
      changes,
    });
  }
}

function tell(
  driver: WrittenDriver,
  transition: Transition,
  { before, changes }: { before: KnownEpisode | undefined; changes: FeedChanges },
): void {
  const { what, endSeq } = transition;
  const isEnded = what === "closed" || what === "unclosed";
  // Begun and ended in one go: both are said.
  if (!before) changes.note(driver, { ...transition, what: "started" });
  if (!before && !isEnded) return;
  const isNews = !before || before.state !== (isEnded ? what : "open") || before.endSeq !== endSeq;
  changes.note(driver, isEnded ? transition : { ...transition, what: "resumed" }, isNews);
}
