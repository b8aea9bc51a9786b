import {
  EPISODE_KINDS,
  giveUpSilent,
  NEW_DRIVER,
  trackEpisodes,
  type ArrivedRecord,
  type DriverState,
  type EpisodeKind,
  type EpisodeState,
  type Transition,
} from "./track-episodes.ts";

/** What was known of an episode before. */
export interface KnownEpisode {
  id: string;
  kind: EpisodeKind;
  startSeq: number;
  state: EpisodeState;
  endSeq: number | null;
  startAtMs: number;
  /** NaN unless closed. */
  endAtMs: number;
  lastAtMs: number;
}

export interface ReplayInput {
  /** A driver's records in order, from a time at which nothing is open that matters. */
  records: readonly ArrivedRecord[];
  /** Episodes known before that start among these records. */
  known: readonly KnownEpisode[];
  /** From here on no record is new. */
  changedUntilMs: number;
  /** The records reach to the driver's newest. */
  isWhole: boolean;
  gapS: number;
  newId: () => string;
}

export interface Replay {
  /** The last word on each episode. */
  last: Map<string, Transition>;
  /** After the newest record; null when the replay could stop before it. */
  state: DriverState | null;
}

/**
 * Follows episodes once more over records among which some are new. It may stop as soon as nothing is open, now or as
 * known before, since from there on nothing can differ. Null when the records end before that: more are needed.
 */
export function replayEpisodes({ records, known, changedUntilMs, isWhole, gapS, newId }: ReplayInput): Replay | null {
  const byStart = new Map(known.map((episode) => [`${episode.kind} ${episode.startSeq}`, episode.id]));
  const options = {
    gapS,
    idOf: (kind: EpisodeKind, startSeq: number) => byStart.get(`${kind} ${startSeq}`) ?? newId(),
  };
  const last = new Map<string, Transition>();
  let state: DriverState = NEW_DRIVER;
  for (const record of records) {
    const step = trackEpisodes(state, record, options);
    state = step.state;
    for (const transition of step.transitions) last.set(transition.episode.id, transition);
    if (record.recordedAtMs > changedUntilMs && isQuiet(state) && isSettled(known, record, gapS)) {
      return { last, state: null };
    }
  }
  return isWhole ? { last, state } : null;
}

function isQuiet({ open }: DriverState): boolean {
  return EPISODE_KINDS.every((kind) => open[kind] === null);
}

/** Nothing that was known before was still open after this record. */
function isSettled(known: readonly KnownEpisode[], { recordedAtMs }: ArrivedRecord, gapS: number): boolean {
  return known.every(({ state, startAtMs, endAtMs, lastAtMs }) => {
    if (startAtMs > recordedAtMs) return true;
    if (state === "open") return false;
    return state === "closed" ? endAtMs < recordedAtMs : lastAtMs + gapS * 1000 < recordedAtMs;
  });
}

/** An episode given up after a silence stays so while nothing newer comes. */
export function keepSilence(before: DriverState, after: DriverState): DriverState {
  const silent = giveUpSilent(after).state.open;
  const open = { ...after.open };
  for (const kind of EPISODE_KINDS) {
    const earlier = before.open[kind];
    if (earlier?.isSilent && open[kind]?.id === earlier.id) open[kind] = silent[kind];
  }
  return { ...after, open };
}
