import { newId } from "#lib/ids";
import { keepSilence, replayEpisodes, type KnownEpisode, type Replay } from "../core/replay-episodes.ts";
import type { Transition } from "../core/track-episodes.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import { findAffectedStarts, listEpisodesIn } from "./episodes-store.ts";
import type { FeedChanges } from "./feed-changes.ts";
import type { OpenFeed } from "./feed-store.ts";
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
  const { client, feed } = open;
  const stretches = Array.from(spans, ([{ driverNo }, span]) => ({ driverNo, ...span }));
  const starts = await findAffectedStarts(client, { gapS: feed.gapS, stretches });
  let left = Array.from(spans, ([driver, { fromMs, toMs }]): Affected => {
    const { driverNo } = driver;
    return { driver, driverNo, fromMs: starts.get(driverNo) ?? fromMs, changedUntilMs: toMs };
  });
  for (let limit = RECORDS_FIRST; left.length > 0; limit *= RECORDS_GROWTH) {
    left = await recomputeWith(open, { left, limit, changes });
  }
}

/** Recomputes with at most `limit` records of each driver; returns those for whom that was too few. */
async function recomputeWith(
  { client, feed }: OpenFeed,
  { left, limit, changes }: { left: readonly Affected[]; limit: number; changes: FeedChanges },
): Promise<Affected[]> {
  const records = await readRecordsFrom(client, { starts: left, limit });
  const stretches = left.map(({ driverNo, fromMs }) => {
    return { driverNo, fromMs, toMs: records.get(driverNo)?.at(-1)?.recordedAtMs ?? fromMs };
  });
  const known = Map.groupBy(await listEpisodesIn(client, stretches), ({ driverNo }) => driverNo);
  return left.filter(({ driver, driverNo, changedUntilMs }) => {
    const own = records.get(driverNo) ?? [];
    const before = known.get(driverNo) ?? [];
    const replay = replayEpisodes({
      records: own.map((record) => ({ ...record, driverCode: driver.code, producerSeq: null })),
      known: before,
      changedUntilMs,
      isWhole: own.length < limit,
      gapS: feed.gapS,
      newId,
    });
    if (!replay) return true;
    apply({ driver, replay, known: new Map(before.map((episode) => [episode.id, episode])), changes });
    return false;
  });
}

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
