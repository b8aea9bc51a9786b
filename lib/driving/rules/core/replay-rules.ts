import {
  NEW_DRIVER,
  trackEpisodes,
  type ArrivedRecord,
  type DriverState,
  type EpisodeKind,
} from "../../core/track-episodes.ts";
import type { RuleSet } from "./rule.ts";
import {
  giveUpSilentRules,
  NO_STRETCH,
  trackRules,
  type RuleStates,
  type RuleStretch,
  type RuleTransition,
} from "./track-rules.ts";

/** A rule's episode as it was known before. */
export interface KnownRuleEpisode {
  id: string;
  ruleNo: number;
  startSeq: number;
  state: "open" | "closed" | "unclosed";
  endSeq: number | null;
  startAtMs: number;
  endAtMs: number;
  lastAtMs: number;
  /** Somebody was told when it happened. */
  isTold: boolean;
}

export interface RuleReplayInput {
  /** A driver's records in order, from well before the change: see `lookBackMs`. */
  records: readonly ArrivedRecord[];
  known: readonly KnownRuleEpisode[];
  /** The records between these times are the only new ones. */
  changedFromMs: number;
  changedUntilMs: number;
  /** The records reach to the driver's newest. */
  isWhole: boolean;
  gapS: number;
  rules: RuleSet;
  /** Arrival number of the first record of this transaction: what older records show is no news. */
  firstNewSeq: number;
  newId: () => string;
}

export interface RuleReplay {
  /** The last word on each episode that the change may have touched. */
  last: RuleTransition[];
  /** Known episodes that are none. */
  withdrawn: KnownRuleEpisode[];
  /** After the newest record; null when the replay could stop before it. */
  states: RuleStates | null;
}

/**
 * How far before a change a replay must begin: a stretch that was too short to be an episode is not stored, but may
 * become one. Episodes that reach into the change may begin earlier still.
 */
export function lookBackMs(rules: RuleSet, gapS: number): number {
  return (rules.longestS + gapS) * 1000;
}

/**
 * Holds records, some of them new, against the rules once more. Stretches that ended before the change are left alone:
 * a replay that begins in the middle of one does not know its start. An episode keeps its id when the record that
 * started it belongs to one still; when two have become one, the other is withdrawn. Null: more records are needed.
 */
export function replayRules(input: RuleReplayInput): RuleReplay | null {
  const { records, gapS, rules, changedFromMs, changedUntilMs } = input;
  const judging = rules.all.filter(({ fromSeq, untilSeq }) =>
    records.some(({ seq }) => seq >= fromSeq && seq < untilSeq),
  );
  const known = input.known.filter((episode) => reaches(episode, changedFromMs, gapS));
  const last = new Map<string, RuleTransition>();
  const deviceOptions = { gapS, idOf: (_kind: EpisodeKind, seq: number) => String(seq) };
  let device: DriverState = NEW_DRIVER;
  let states: RuleStates = NO_STRETCH;
  let stopped: ArrivedRecord | null = null;
  for (const record of records) {
    const step = trackEpisodes(device, record, deviceOptions);
    const beforeMs = device.newestAtMs;
    const found = trackRules(states, record, { beforeMs, device: step, rules, judging, gapS, idOf: () => "" });
    device = step.state;
    states = found.states;
    for (const transition of found.transitions) last.set(keyOf(transition.stretch), transition);
    if (record.recordedAtMs > changedUntilMs && Object.keys(states).length === 0 && isSettled(known, record, gapS)) {
      stopped = record;
      break;
    }
  }
  if (!stopped && !input.isWhole) return null;
  const touched = [...last.values()].filter((transition) => reaches(toKnown(transition), changedFromMs, gapS));
  const seen = stopped ? known.filter((episode) => isUpTo(episode, stopped)) : known;
  return name({ ...input, touched, known: seen, states: stopped ? null : states });
}

const keyOf = ({ ruleNo, startSeq }: Pick<RuleStretch, "ruleNo" | "startSeq">) => `${ruleNo} ${startSeq}`;

type Ended = Pick<KnownRuleEpisode, "state" | "endAtMs" | "lastAtMs">;

function toKnown({ what, endAtMs, stretch }: RuleTransition): Ended {
  return { state: what === "closed" || what === "unclosed" ? what : "open", endAtMs, lastAtMs: stretch.lastAtMs };
}

function reaches({ state, endAtMs, lastAtMs }: Ended, atMs: number, gapS: number): boolean {
  if (state === "open") return true;
  return state === "closed" ? endAtMs >= atMs : lastAtMs + gapS * 1000 >= atMs;
}

function isUpTo({ startAtMs, startSeq }: KnownRuleEpisode, { recordedAtMs, seq }: ArrivedRecord): boolean {
  return startAtMs < recordedAtMs || (startAtMs === recordedAtMs && startSeq <= seq);
}

/** Nothing that was known before was still open after this record. */
function isSettled(known: readonly KnownRuleEpisode[], record: ArrivedRecord, gapS: number): boolean {
  return known.every((episode) => !isUpTo(episode, record) || !reaches(episode, record.recordedAtMs, gapS));
}

/** Gives every episode its id: the known one's whose first record it holds, or a new one. */
function name(replay: RuleReplayInput & { touched: RuleTransition[]; states: RuleStates | null }): RuleReplay {
  const { touched, known, states, firstNewSeq, newId } = replay;
  const left = new Set([...known].sort((a, b) => a.startAtMs - b.startAtMs || a.startSeq - b.startSeq));
  const named = new Map<string, RuleStretch>();
  const last = touched.map((transition): RuleTransition => {
    const { stretch } = transition;
    const before = [...left].find((episode) => episode.ruleNo === stretch.ruleNo && holds(transition, episode));
    if (before) left.delete(before);
    const isOld = stretch.isLate || (stretch.raisedSeq ?? 0) < firstNewSeq;
    const own = { ...stretch, id: before?.id ?? newId(), isLate: before ? !before.isTold : isOld };
    named.set(keyOf(own), own);
    return { ...transition, stretch: own };
  });
  const own = states && Object.entries(states).map(([no, stretch]) => [no, named.get(keyOf(stretch)) ?? stretch]);
  return { last, withdrawn: [...left], states: own && (Object.fromEntries(own) as RuleStates) };
}

/** Whether an episode's first record lies in this stretch; the record that ends it does not. */
function holds({ stretch, endSeq, endAtMs }: RuleTransition, { startAtMs, startSeq }: KnownRuleEpisode): boolean {
  const isAfterStart =
    startAtMs > stretch.startAtMs || (startAtMs === stretch.startAtMs && startSeq >= stretch.startSeq);
  if (!isAfterStart) return false;
  if (endSeq === null) return startAtMs <= stretch.lastAtMs;
  return startAtMs < endAtMs || (startAtMs === endAtMs && startSeq < endSeq);
}

/** A stretch given up after a silence stays so while nothing newer comes. */
export function keepRuleSilence(before: RuleStates, after: RuleStates): RuleStates {
  const silent = giveUpSilentRules(after).states;
  return Object.fromEntries(
    Object.entries(after).map(([no, stretch]) => {
      const isStill = before[no]?.isSilent === true && before[no].id === stretch.id;
      return [no, isStill ? (silent[no] ?? stretch) : stretch];
    }),
  );
}
