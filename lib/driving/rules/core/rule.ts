import { compileFence, type CompiledFence, type GeofenceShape } from "./geofence.ts";
import { minutesOfDay, type QuietHours } from "./quiet-hours.ts";

export const RULE_SOURCES = ["speed", "device"] as const;
export type RuleSource = (typeof RULE_SOURCES)[number];
export const SEVERITIES = ["notice", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule judges by, as it stood when it was saved. */
export interface RuleTerms {
  name: string;
  /** `speed`: the record's speed against a limit of the rule's own. `device`: what the device calls overspeed. */
  source: RuleSource;
  /** Null with `device`. */
  limitKmh: number | null;
  /** Only more than this above the limit counts. */
  percentOver: number;
  /** So long it must have lasted before it is an alert, seconds. */
  minDurationS: number;
  severity: Severity;
  /** By the vehicle's clock; the alert is recorded and shown, but not delivered. */
  quietHours: { from: string; to: string } | null;
  /** It counts in any of these; empty is everywhere. */
  geofences: readonly { id: string; name: string; shape: GeofenceShape }[];
  /** Through what an alert is told besides the live stream. */
  channels: { inbox: boolean; email: boolean; webhookUrls: readonly string[] };
}

/** A rule as it was between two changes: it judges the records that arrived meanwhile. */
export interface RuleVersion {
  /** Unique in the portal. */
  no: number;
  ruleId: string;
  /** Counts within the rule, from 1. */
  version: number;
  /** Arrival numbers; the second is the first that it no longer judges, Infinity while it is in force. */
  fromSeq: number;
  untilSeq: number;
  terms: RuleTerms;
}

export interface CompiledRule {
  no: number;
  fromSeq: number;
  untilSeq: number;
  source: RuleSource;
  /** Faster than this is over; NaN with `device`. */
  overKmh: number;
  minDurationMs: number;
  quietHours: QuietHours | null;
  /** Places in the set's fences; null is everywhere. */
  fences: readonly { index: number; name: string }[] | null;
}

/** Versions of rules prepared for judging records. A fence that several rules share is asked once for each record. */
export class RuleSet {
  readonly versions: ReadonlyMap<number, RuleVersion>;
  readonly all: readonly CompiledRule[];
  /** Those that judge what arrives now. */
  readonly inForce: readonly CompiledRule[];
  readonly #fences: CompiledFence[] = [];
  #answers = new Int8Array(0);
  #askedSeq = NaN;

  constructor(versions: readonly RuleVersion[]) {
    const places = new Map<string, number>();
    this.versions = new Map(versions.map((version) => [version.no, version]));
    this.all = versions.map((version) => this.#compile(version, places));
    this.inForce = this.all.filter(({ untilSeq }) => untilSeq === Infinity);
    this.#answers = new Int8Array(this.#fences.length);
  }

  /** The longest minimum duration, seconds: a stretch that is no alert is shorter. */
  get longestS(): number {
    return this.all.reduce((longest, { minDurationMs }) => Math.max(longest, minDurationMs / 1000), 0);
  }

  #compile({ no, fromSeq, untilSeq, terms }: RuleVersion, places: Map<string, number>): CompiledRule {
    const { source, limitKmh, percentOver, minDurationS, quietHours, geofences } = terms;
    const fences = geofences.map(({ name, shape }) => {
      const key = JSON.stringify(shape);
      const index = places.get(key) ?? this.#fences.push(compileFence(shape)) - 1;
      places.set(key, index);
      return { index, name };
    });
    return {
      ...{ no, fromSeq, untilSeq, source },
      overKmh: limitKmh === null ? NaN : limitKmh * (1 + percentOver / 100),
      minDurationMs: minDurationS * 1000,
      quietHours: quietHours && { fromMin: minutesOfDay(quietHours.from), toMin: minutesOfDay(quietHours.to) },
      fences: fences.length === 0 ? null : fences,
    };
  }

  /** The rule's geofence that holds the record, "" for everywhere; null when it is in none. */
  placeOf(rule: CompiledRule, record: { seq: number; latitude: number; longitude: number }): string | null {
    if (rule.fences === null) return "";
    if (record.seq !== this.#askedSeq) {
      this.#answers.fill(0);
      this.#askedSeq = record.seq;
    }
    const found = rule.fences.find(({ index }) => {
      this.#answers[index] ||= this.#fences[index]!.contains(record.latitude, record.longitude) ? 1 : -1;
      return this.#answers[index] === 1;
    });
    return found?.name ?? null;
  }
}
