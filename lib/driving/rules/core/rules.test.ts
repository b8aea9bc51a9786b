import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "#lib/math/random";
import { FLAG } from "../../core/record.ts";
import { NEW_DRIVER, trackEpisodes, type ArrivedRecord } from "../../core/track-episodes.ts";
import { lookBackMs, replayRules, type KnownRuleEpisode } from "./replay-rules.ts";
import { RuleSet, type RuleTerms, type RuleVersion } from "./rule.ts";
import { giveUpSilentRules, NO_STRETCH, trackRules, type RuleStates, type RuleTransition } from "./track-rules.ts";

const GAP_S = 60;
const START_MS = Date.parse("2026-11-01T08:00:00Z");

const terms = (change: Partial<RuleTerms> = {}): RuleTerms => ({
  ...{ name: "Too fast", source: "speed", limitKmh: 100, percentOver: 0, minDurationS: 0, severity: "warning" },
  ...{ quietHours: null, geofences: [], channels: { inbox: false, email: false, webhookUrls: [] } },
  ...change,
});
const version = (no: number, change: Partial<RuleTerms> = {}, span: Partial<RuleVersion> = {}): RuleVersion => ({
  ...{ no, ruleId: `rule ${no}`, version: 1, fromSeq: 1, untilSeq: Infinity, terms: terms(change) },
  ...span,
});

function record(seq: number, atS: number, change: Partial<ArrivedRecord> = {}): ArrivedRecord {
  const place = { latitude: 50, longitude: 10, directionDeg: 90, siteName: null };
  const rest = { flags: 0, neutralSlideS: NaN, overspeedS: NaN, producerSeq: null, isLate: false };
  const who = { driverCode: "likun", plate: "FP 1" };
  return { ...who, ...place, ...rest, seq, recordedAtMs: START_MS + atS * 1000, speedKmh: 90, ...change };
}

/** Follows records in their order and returns everything that happened. */
function follow(records: readonly ArrivedRecord[], versions: readonly RuleVersion[]) {
  const rules = new RuleSet(versions);
  let device = NEW_DRIVER;
  let states: RuleStates = NO_STRETCH;
  const happened: RuleTransition[] = [];
  for (const one of records) {
    const step = trackEpisodes(device, one, { gapS: GAP_S, idOf: (_kind, seq) => String(seq) });
    const beforeMs = device.newestAtMs;
    const judging = rules.inForce;
    const found = trackRules(states, one, { beforeMs, device: step, rules, judging, gapS: GAP_S, idOf: () => "id" });
    device = step.state;
    states = found.states;
    happened.push(...found.transitions);
  }
  return { states, happened, said: happened.map(({ what, stretch }) => `${what} ${stretch.startSeq}`) };
}

describe("a rule with its own limit", () => {
  test("is broken above the limit and its percentage, not at it", () => {
    const speeds = [110, 110.1, 110.5, 110];
    const { happened } = follow(
      speeds.map((speedKmh, i) => record(i + 1, i * 10, { speedKmh })),
      [version(1, { percentOver: 10 })],
    );
    expect(happened.map(({ what }) => what)).toEqual(["started", "continued", "closed"]);
    expect(happened[2]).toMatchObject({ durationS: 20, stretch: { peakSpeedKmh: 110.5, startSeq: 2 } });
  });

  test("tells nothing before its minimum duration, and then keeps the true start", () => {
    const speeds = [120, 120, 90, 120, 125, 120, 90];
    const { happened } = follow(
      speeds.map((speedKmh, i) => record(i + 1, i * 10, { speedKmh })),
      [version(1, { minDurationS: 20 })],
    );
    expect(happened.map(({ what }) => what)).toEqual(["started", "closed"]);
    expect(happened[0]).toMatchObject({ stretch: { startSeq: 4, raisedSeq: 6, peakSpeedKmh: 125 } });
    expect(happened[1]).toMatchObject({ durationS: 30 });
  });

  test("counts inside its geofence only, and ends at its border", () => {
    const shape = { kind: "circle", lat: 50, lon: 10, radiusM: 1000 } as const;
    const longitudes = [9.9, 10, 10.001, 10.1];
    const { said, happened } = follow(
      longitudes.map((longitude, i) => record(i + 1, i * 10, { longitude, speedKmh: 120 })),
      [version(1, { geofences: [{ id: "a", name: "School", shape }] })],
    );
    expect(said).toEqual(["started 2", "continued 2", "closed 2"]);
    expect(happened[0]?.stretch.place).toBe("School");
  });

  test("leaves a stretch unclosed after the gap and begins anew", () => {
    const records = [record(1, 0, { speedKmh: 120 }), record(2, 61, { speedKmh: 120 })];
    expect(follow(records, [version(1)]).said).toEqual(["started 1", "unclosed 1", "started 2"]);
  });

  test("given up in a silence, it is taken up again by a record within the gap", () => {
    const { states } = follow([record(1, 0, { speedKmh: 120 })], [version(1)]);
    const silent = giveUpSilentRules(states);
    expect(silent.transitions.map(({ what }) => what)).toEqual(["unclosed"]);
    expect(giveUpSilentRules(silent.states).transitions).toEqual([]);
    const rules = new RuleSet([version(1)]);
    const next = record(2, 30, { speedKmh: 120 });
    const device = trackEpisodes(NEW_DRIVER, next, { gapS: GAP_S, idOf: () => "" });
    const step = { beforeMs: START_MS, device, rules, judging: rules.inForce, gapS: GAP_S, idOf: () => "" };
    expect(trackRules(silent.states, next, step).transitions.map(({ what }) => what)).toEqual(["resumed"]);
  });

  test("changed, it judges what arrives after the change", () => {
    const versions = [version(1, {}, { untilSeq: 3 }), version(2, { limitKmh: 80 }, { fromSeq: 3 })];
    const rules = new RuleSet(versions);
    const before = follow(
      [1, 2].map((seq) => record(seq, seq * 10, { speedKmh: 120 })),
      [version(1)],
    ).states;
    const next = record(3, 30, { speedKmh: 90 });
    const device = trackEpisodes(NEW_DRIVER, next, { gapS: GAP_S, idOf: () => "" });
    const step = { beforeMs: START_MS + 20_000, device, rules, judging: rules.inForce, gapS: GAP_S, idOf: () => "" };
    const { transitions } = trackRules(before, next, step);
    expect(transitions.map(({ what, stretch }) => `${what} ${stretch.ruleNo}`)).toEqual(["closed 1", "started 2"]);
  });
});

describe("a rule on the device's flag", () => {
  const flagged = (...flags: number[]) => flags.map((flag, i) => record(i + 1, i * 10, { flags: flag }));

  test("follows the device's episodes, whatever the speed, with its own minimum duration", () => {
    const device = version(1, { source: "device", limitKmh: null, minDurationS: 15 });
    const records = flagged(FLAG.overspeed, FLAG.overspeedEnd, FLAG.overspeed, 0, FLAG.overspeedEnd);
    const { happened } = follow(records, [device]);
    expect(happened.map(({ what }) => what)).toEqual(["started", "closed"]);
    expect(happened[1]).toMatchObject({ durationS: 20, stretch: { startSeq: 3 } });
  });

  test("takes the device's word that it lasted until its end", () => {
    const device = version(1, { source: "device", limitKmh: null, minDurationS: 10 });
    const { said } = follow(flagged(FLAG.overspeed, FLAG.overspeedEnd), [device]);
    expect(said).toEqual(["started 1", "closed 1"]);
  });

  test("a start before the end of the last one leaves that one unclosed", () => {
    const device = version(1, { source: "device", limitKmh: null });
    const { said } = follow(flagged(FLAG.overspeed, FLAG.overspeed, FLAG.overspeedEnd), [device]);
    expect(said).toEqual(["started 1", "unclosed 1", "started 2", "closed 2"]);
  });
});

/** Runs of records, found by looking at all of them at once. */
function naiveEpisodes(sorted: readonly ArrivedRecord[], { no, fromSeq, untilSeq, terms: own }: RuleVersion): string[] {
  const isOver = (one: ArrivedRecord) =>
    one.seq >= fromSeq && one.seq < untilSeq && one.speedKmh > (own.limitKmh ?? 0) * (1 + own.percentOver / 100);
  const found: string[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    const isGap = (at: number) => sorted[at]!.recordedAtMs - sorted[at - 1]!.recordedAtMs > GAP_S * 1000;
    const continues = i > 0 && isOver(sorted[i - 1]!) && !isGap(i);
    if (!isOver(sorted[i]!) || continues) continue;
    let end = i + 1;
    while (end < sorted.length && isOver(sorted[end]!) && !isGap(end)) end += 1;
    const lastedMs = sorted[end - 1]!.recordedAtMs - sorted[i]!.recordedAtMs;
    if (lastedMs < own.minDurationS * 1000) continue;
    const state = end === sorted.length ? "open" : isGap(end) ? "unclosed" : "closed";
    found.push(`${no}: ${sorted[i]!.seq} ${state} ${state === "closed" ? sorted[end]!.seq : ""}`);
  }
  return found;
}

/** What the writer does: follows what comes in order, and what does not, over the stored records around it. */
class Arrivals {
  readonly #rules: RuleSet;
  readonly stored: ArrivedRecord[] = [];
  readonly episodes = new Map<string, KnownRuleEpisode>();
  told = 0;
  #states: RuleStates = NO_STRETCH;
  #device = NEW_DRIVER;
  #ids = 0;

  constructor(versions: readonly RuleVersion[]) {
    this.#rules = new RuleSet(versions);
  }

  add(batch: readonly ArrivedRecord[]): void {
    for (const one of batch) this.stored.push(one);
    this.stored.sort((a, b) => a.recordedAtMs - b.recordedAtMs || a.seq - b.seq);
    const newest = this.#device.newestAtMs;
    const isInOrder = batch.every(({ recordedAtMs }, i) => !(recordedAtMs < (batch[i - 1]?.recordedAtMs ?? newest)));
    if (isInOrder) for (const one of batch) this.#follow(one);
    else this.#replay(batch);
  }

  #follow(one: ArrivedRecord): void {
    const rules = this.#rules;
    const device = trackEpisodes(this.#device, one, { gapS: GAP_S, idOf: (_kind, seq) => String(seq) });
    const idOf = () => String((this.#ids += 1));
    const step = { beforeMs: this.#device.newestAtMs, device, rules, judging: rules.all, gapS: GAP_S, idOf };
    const { states, transitions } = trackRules(this.#states, one, step);
    this.#device = device.state;
    this.#states = states;
    for (const transition of transitions) this.#keep(transition);
  }

  #replay(batch: readonly ArrivedRecord[]): void {
    const times = batch.map(({ recordedAtMs }) => recordedAtMs);
    const [changedFromMs, changedUntilMs] = [Math.min(...times), Math.max(...times)];
    const covering = [...this.episodes.values()].filter((one) => {
      const untilMs =
        one.state === "open" ? Infinity : one.state === "closed" ? one.endAtMs : one.lastAtMs + GAP_S * 1000;
      return one.startAtMs <= changedFromMs && untilMs >= changedFromMs;
    });
    const fromMs = Math.min(
      changedFromMs - lookBackMs(this.#rules, GAP_S),
      ...covering.map(({ startAtMs }) => startAtMs),
    );
    const own = this.stored.filter(({ recordedAtMs }) => recordedAtMs >= fromMs);
    for (let limit = 4; ; limit *= 2) {
      const records = own.slice(0, limit);
      const toMs = records.at(-1)!.recordedAtMs;
      const known = [...this.episodes.values()].filter(({ startAtMs }) => startAtMs >= fromMs && startAtMs <= toMs);
      const replay = replayRules({
        ...{ records, known, changedFromMs, changedUntilMs, isWhole: records.length === own.length, gapS: GAP_S },
        ...{ rules: this.#rules, firstNewSeq: batch[0]!.seq, newId: () => String((this.#ids += 1)) },
      });
      if (!replay) continue;
      for (const transition of replay.last) this.#keep(transition);
      for (const { id } of replay.withdrawn) this.episodes.delete(id);
      if (replay.states) this.#states = replay.states;
      const newest = this.stored.at(-1)!;
      this.#device = { ...this.#device, newestAtMs: newest.recordedAtMs };
      return;
    }
  }

  #keep({ what, stretch, endSeq, endAtMs }: RuleTransition): void {
    const { id, ruleNo, startSeq, startAtMs, lastAtMs, isLate } = stretch;
    const state = what === "closed" || what === "unclosed" ? what : "open";
    const isKnown = this.episodes.has(id);
    if (!isKnown && !isLate) this.told += 1;
    this.episodes.set(id, { id, ruleNo, startSeq, state, endSeq, startAtMs, endAtMs, lastAtMs, isTold: !isLate });
  }
}

function randomDrive(random: Random, count: number): { atS: number; speedKmh: number }[] {
  let atS = 0;
  let speedKmh = 90;
  return Array.from({ length: count }, () => {
    atS += random.uniform() < 0.06 ? 70 + random.uniform() * 60 : Math.floor(random.uniform() * 14);
    speedKmh = random.uniform() < 0.35 ? 70 + random.uniform() * 70 : speedKmh;
    return { atS, speedKmh };
  });
}

test("whatever the order of arrival, the episodes are those of the records in the order of their time", () => {
  for (let round = 0; round < 300; round += 1) {
    const random = createRandom(`order ${round}`);
    const drive = randomDrive(random, 60);
    // Some come later than they happened: alone, or as a session of hours ago.
    const keyed = drive.map((one, i) => ({ ...one, key: i + (random.uniform() < 0.2 ? random.uniform() * 40 : 0) }));
    if (round % 3 === 0) for (const one of keyed.slice(10, 25)) one.key += 100;
    keyed.sort((a, b) => a.key - b.key);
    const versions = [
      version(1, { limitKmh: 100 }),
      version(2, { limitKmh: 90, percentOver: 10, minDurationS: 25 }),
      version(3, { limitKmh: 80, minDurationS: 100 }),
      version(4, { limitKmh: 120 }, { untilSeq: 30 }),
      version(5, { limitKmh: 85, minDurationS: 10 }, { fromSeq: 30 }),
    ];
    const arrivals = new Arrivals(versions);
    let newestS = -1;
    let seq = 0;
    while (seq < keyed.length) {
      const size = 1 + Math.floor(random.uniform() * 4);
      const batch = keyed.slice(seq, seq + size).map(({ atS, speedKmh }, i) => {
        const isLate = atS < newestS;
        newestS = Math.max(newestS, atS);
        return record(seq + i + 1, atS, { speedKmh, isLate });
      });
      seq += batch.length;
      arrivals.add(batch);
    }
    const found = [...arrivals.episodes.values()].map(
      ({ ruleNo, startSeq, state, endSeq }) => `${ruleNo}: ${startSeq} ${state} ${endSeq ?? ""}`,
    );
    const naive = versions.flatMap((one) => naiveEpisodes(arrivals.stored, one));
    expect(found.sort(), `round ${round}`).toEqual(naive.sort());
  }
});

test("a session that came late has episodes, and nobody is told", () => {
  const arrivals = new Arrivals([version(1)]);
  arrivals.add([record(1, 7200)]);
  arrivals.add([0, 10, 20].map((atS, i) => record(i + 2, atS, { speedKmh: i < 2 ? 120 : 90, isLate: true })));
  expect([...arrivals.episodes.values()]).toMatchObject([{ startSeq: 2, state: "closed", isTold: false }]);
  expect(arrivals.told).toBe(0);
});

test("a straggler that joins two episodes withdraws the second and keeps the first, without a new alert", () => {
  const arrivals = new Arrivals([version(1)]);
  arrivals.add([record(1, 0, { speedKmh: 120 }), record(2, 70, { speedKmh: 120 }), record(3, 80)]);
  const [first] = arrivals.episodes.keys();
  expect(arrivals.episodes.size).toBe(2);
  arrivals.add([record(4, 35, { speedKmh: 130, isLate: true })]);
  expect([...arrivals.episodes.values()]).toMatchObject([{ id: first, startSeq: 1, state: "closed", endSeq: 3 }]);
  expect(arrivals.told).toBe(2);
});
