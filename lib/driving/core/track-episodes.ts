import { FLAG, type DrivingRecord } from "./record.ts";

export const EPISODE_KINDS = ["overspeed", "neutral-slide"] as const;
export type EpisodeKind = (typeof EPISODE_KINDS)[number];
export type EpisodeState = "open" | "closed" | "unclosed";

const BITS: Readonly<Record<EpisodeKind, { start: number; end: number }>> = {
  overspeed: { start: FLAG.overspeed, end: FLAG.overspeedEnd },
  "neutral-slide": { start: FLAG.neutralSlide, end: FLAG.neutralSlideEnd },
};

/** An episode that has begun. */
export interface BegunEpisode {
  id: string;
  kind: EpisodeKind;
  startSeq: number;
  startAtMs: number;
  /** Its newest record so far. */
  lastAtMs: number;
  peakSpeedKmh: number;
  recordCount: number;
  plate: string;
  latitude: number;
  longitude: number;
  /** Its start arrived late: nobody is told about it. */
  isLate: boolean;
  /** Given up after a silence, until the next record tells otherwise. */
  isSilent: boolean;
}

/** What is known of a driver after his newest record. */
export interface DriverState {
  newestAtMs: number;
  open: Readonly<Record<EpisodeKind, BegunEpisode | null>>;
}

export const NEW_DRIVER: Readonly<DriverState> = { newestAtMs: NaN, open: { overspeed: null, "neutral-slide": null } };

/** What a record made of an episode. */
export interface Transition {
  /** `started`, `resumed` after a silence that was none, `continued`, or its end. */
  what: "started" | "resumed" | "continued" | "closed" | "unclosed";
  episode: BegunEpisode;
  /** NaN and null unless closed. */
  endAtMs: number;
  endSeq: number | null;
  durationS: number;
  /** Duration as the device says. */
  reportedS: number;
}

export type ArrivedRecord = DrivingRecord & { seq: number; isLate: boolean };

export interface TrackerOptions {
  /** A longer gap between two records ends what was open, unclosed. Seconds. */
  gapS: number;
  /** The id of the episode that starts with this record. */
  idOf: (kind: EpisodeKind, startSeq: number) => string;
}

/**
 * Takes a driver's next record in the order of time, then arrival. Each kind of episode runs by itself; an end comes
 * before a start on the same record. The device's flags decide, never the speed: a start may share its record with a
 * slide and show the slide's speed. An end without a start says nothing.
 */
export function trackEpisodes(
  before: DriverState,
  record: ArrivedRecord,
  options: TrackerOptions,
): { state: DriverState; transitions: Transition[] } {
  const open = { ...before.open };
  const transitions: Transition[] = [];
  const isAfterGap = record.recordedAtMs - before.newestAtMs > options.gapS * 1000;
  for (const kind of EPISODE_KINDS) {
    let current = open[kind];
    if (current && isAfterGap) current = current.isSilent ? null : giveUp(current, transitions);
    if (current) current = carryOn(current, record, transitions);
    const { start, end } = BITS[kind];
    if (current && (record.flags & end) !== 0) current = finish(current, record, transitions);
    if ((record.flags & start) !== 0) {
      if (current) giveUp(current, transitions);
      current = begin(kind, record, options);
      transitions.push({ ...UNENDED, what: "started", episode: current });
    }
    open[kind] = current;
  }
  return { state: { newestAtMs: record.recordedAtMs, open }, transitions };
}

const UNENDED = { endAtMs: NaN, endSeq: null, durationS: NaN, reportedS: NaN } as const;

function begin(kind: EpisodeKind, record: ArrivedRecord, { idOf }: TrackerOptions): BegunEpisode {
  const { seq, recordedAtMs, speedKmh, plate, latitude, longitude, isLate } = record;
  const place = { plate, latitude, longitude };
  const start = {
    startSeq: seq,
    startAtMs: recordedAtMs,
    lastAtMs: recordedAtMs,
    peakSpeedKmh: speedKmh,
    recordCount: 1,
  };
  return { id: idOf(kind, seq), kind, ...start, ...place, isLate, isSilent: false };
}

function carryOn(open: BegunEpisode, record: ArrivedRecord, transitions: Transition[]): BegunEpisode {
  const peakSpeedKmh = Math.max(open.peakSpeedKmh, record.speedKmh);
  const lastAtMs = record.recordedAtMs;
  const episode = { ...open, lastAtMs, peakSpeedKmh, recordCount: open.recordCount + 1, isSilent: false };
  transitions.push({ ...UNENDED, what: open.isSilent ? "resumed" : "continued", episode });
  return episode;
}

function finish(episode: BegunEpisode, record: ArrivedRecord, transitions: Transition[]): null {
  const reportedS = episode.kind === "overspeed" ? record.overspeedS : record.neutralSlideS;
  const durationS = (record.recordedAtMs - episode.startAtMs) / 1000;
  transitions.push({
    what: "closed",
    episode,
    endAtMs: record.recordedAtMs,
    endSeq: record.seq,
    durationS,
    reportedS,
  });
  return null;
}

function giveUp(open: BegunEpisode, transitions: Transition[]): null {
  transitions.push({ ...UNENDED, what: "unclosed", episode: open });
  return null;
}

/** What is open when nothing more comes: given up, but kept, so that a record within the gap takes it up again. */
export function giveUpSilent(state: DriverState): { state: DriverState; transitions: Transition[] } {
  const open = { ...state.open };
  const transitions: Transition[] = [];
  for (const kind of EPISODE_KINDS) {
    const episode = state.open[kind];
    if (!episode) continue;
    const silent = { ...episode, isSilent: true };
    open[kind] = silent;
    if (!episode.isSilent) giveUp(silent, transitions);
  }
  return { state: { ...state, open }, transitions };
}
