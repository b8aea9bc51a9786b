import type { ArrivedRecord, BegunEpisode, DriverState, Transition } from "../../core/track-episodes.ts";
import { isQuietAt } from "./quiet-hours.ts";
import type { CompiledRule, RuleSet } from "./rule.ts";

/** A stretch over a rule's limit that has begun. */
export interface RuleStretch extends Omit<BegunEpisode, "kind"> {
  ruleNo: number;
  /** The record that showed it to have lasted long enough; null: not long enough yet, and nobody knows of it. */
  raisedSeq: number | null;
  raisedSpeedKmh: number;
  isQuiet: boolean;
  /** The geofence it began in; "" when the rule holds everywhere. */
  place: string;
  /** First record of the device's episode it belongs to; null with a limit of the rule's own. */
  deviceSeq: number | null;
}

/** What is over which rule, by the version's number. */
export type RuleStates = Readonly<Record<string, RuleStretch>>;

export const NO_STRETCH: RuleStates = {};

export interface RuleTransition extends Pick<Transition, "what" | "endAtMs" | "endSeq" | "durationS"> {
  stretch: RuleStretch;
}

interface RuleStep {
  /** Time of the driver's record before this one; NaN at the first. */
  beforeMs: number;
  /** What this record made of the device's own episodes. */
  device: { state: DriverState; transitions: readonly Transition[] };
  rules: RuleSet;
  /** Versions that may judge this record. */
  judging: readonly CompiledRule[];
  gapS: number;
  /** Id of the episode that a stretch becomes when it has lasted long enough. */
  idOf: () => string;
}

/**
 * Holds a driver's next record, in the order of time, then arrival, against the rules. A stretch is an alert once it
 * has lasted the rule's minimum; it ends with the first record that is not over, or unclosed after a gap. A record that
 * arrived outside a version's time is not over for it.
 */
export function trackRules(
  before: RuleStates,
  record: ArrivedRecord,
  step: RuleStep,
): { states: RuleStates; transitions: RuleTransition[] } {
  const transitions: RuleTransition[] = [];
  const states: Record<string, RuleStretch> = {};
  const isAfterGap = record.recordedAtMs - step.beforeMs > step.gapS * 1000;
  const carried = isAfterGap ? giveUpAll(before, transitions) : before;
  for (const stretch of Object.values(carried)) {
    const rule = step.judging.find(({ no }) => no === stretch.ruleNo);
    const over = rule ? judge(rule, record, step) : null;
    if (rule && over && over.deviceSeq === stretch.deviceSeq) {
      states[rule.no] = raiseWhenDue(carryOn(stretch, record, transitions), { rule, record, step, transitions });
    } else finish(stretch, { rule, record, step, transitions });
  }
  for (const rule of step.judging) {
    if (states[rule.no] !== undefined) continue;
    const over = judge(rule, record, step);
    if (over) states[rule.no] = raiseWhenDue(begin(rule, record, over), { rule, record, step, transitions });
  }
  return { states, transitions };
}

interface Over {
  place: string;
  deviceSeq: number | null;
}

function judge(rule: CompiledRule, record: ArrivedRecord, { device, rules }: RuleStep): Over | null {
  if (record.seq < rule.fromSeq || record.seq >= rule.untilSeq) return null;
  const deviceSeq = rule.source === "device" ? (device.state.open.overspeed?.startSeq ?? null) : null;
  const isOver = rule.source === "device" ? deviceSeq !== null : record.speedKmh > rule.overKmh;
  const place = isOver ? rules.placeOf(rule, record) : null;
  return place === null ? null : { place, deviceSeq };
}

const UNENDED = { endAtMs: NaN, endSeq: null, durationS: NaN } as const;

function begin(rule: CompiledRule, record: ArrivedRecord, { place, deviceSeq }: Over): RuleStretch {
  const { seq, recordedAtMs, speedKmh, plate, latitude, longitude, isLate } = record;
  return {
    ...{ ruleNo: rule.no, id: "", startSeq: seq, startAtMs: recordedAtMs, lastAtMs: recordedAtMs },
    ...{ peakSpeedKmh: speedKmh, recordCount: 1, plate, latitude, longitude, isLate, isSilent: false },
    ...{ raisedSeq: null, raisedSpeedKmh: speedKmh, isQuiet: false, place, deviceSeq },
  };
}

function carryOn(open: RuleStretch, record: ArrivedRecord, transitions: RuleTransition[]): RuleStretch {
  const stretch = {
    ...open,
    lastAtMs: record.recordedAtMs,
    peakSpeedKmh: Math.max(open.peakSpeedKmh, record.speedKmh),
    recordCount: open.recordCount + 1,
    isSilent: false,
  };
  if (open.raisedSeq !== null) transitions.push({ ...UNENDED, what: open.isSilent ? "resumed" : "continued", stretch });
  return stretch;
}

interface Judged {
  rule: CompiledRule;
  record: ArrivedRecord;
  step: RuleStep;
  transitions: RuleTransition[];
}

function raiseWhenDue(stretch: RuleStretch, { rule, record, step, transitions }: Judged): RuleStretch {
  if (stretch.raisedSeq !== null || record.recordedAtMs - stretch.startAtMs < rule.minDurationMs) return stretch;
  const raised = {
    ...stretch,
    id: step.idOf(),
    raisedSeq: record.seq,
    raisedSpeedKmh: record.speedKmh,
    isLate: record.isLate,
    isQuiet: rule.quietHours !== null && isQuietAt(rule.quietHours, record.recordedAtMs),
  };
  transitions.push({ ...UNENDED, what: "started", stretch: raised });
  return raised;
}

function finish(stretch: RuleStretch, judged: Omit<Judged, "rule"> & { rule: CompiledRule | undefined }): void {
  const { rule, record, step, transitions } = judged;
  const deviceEnd = step.device.transitions.find(
    ({ what, episode }) => episode.startSeq === stretch.deviceSeq && episode.kind === "overspeed" && isEnd(what),
  );
  if (deviceEnd?.what === "unclosed") {
    giveUp(stretch, transitions);
    return;
  }
  const counted = carryOn(stretch, record, []);
  // The device's end says that it was over until then; a speed below the limit says nothing of the time before it.
  const ended = rule && deviceEnd ? raiseWhenDue(counted, { rule, record, step, transitions }) : counted;
  if (ended.raisedSeq === null) return;
  const { recordedAtMs: endAtMs, seq: endSeq } = record;
  transitions.push({ what: "closed", stretch: ended, endAtMs, endSeq, durationS: (endAtMs - ended.startAtMs) / 1000 });
}

const isEnd = (what: Transition["what"]) => what === "closed" || what === "unclosed";

function giveUp(stretch: RuleStretch, transitions: RuleTransition[]): void {
  if (stretch.raisedSeq !== null && !stretch.isSilent) transitions.push({ ...UNENDED, what: "unclosed", stretch });
}

function giveUpAll(states: RuleStates, transitions: RuleTransition[]): RuleStates {
  for (const stretch of Object.values(states)) giveUp(stretch, transitions);
  return NO_STRETCH;
}

/** What is over when nothing more comes: given up, but kept, so that a record within the gap takes it up again. */
export function giveUpSilentRules(states: RuleStates): { states: RuleStates; transitions: RuleTransition[] } {
  const transitions: RuleTransition[] = [];
  const silent = Object.entries(states).map(([no, stretch]): [string, RuleStretch] => {
    const given = { ...stretch, isSilent: true };
    if (!stretch.isSilent && stretch.raisedSeq !== null)
      transitions.push({ ...UNENDED, what: "unclosed", stretch: given });
    return [no, given];
  });
  return { states: Object.fromEntries(silent), transitions };
}
