import { frameNoAt, FRAME_S, wallText } from "../core/frames.ts";
import type { EpisodeState, Transition } from "../core/track-episodes.ts";
import type { KnownRuleEpisode } from "../rules/core/replay-rules.ts";
import type { RuleTransition } from "../rules/core/track-rules.ts";
import { saveDeliveries, type AlertToDeliver } from "./deliveries-store.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import {
  saveAlerts,
  saveEpisodes,
  withdrawEpisodes,
  type WrittenAlert,
  type WrittenEpisode,
} from "./episodes-store.ts";
import { saveFeed, type LedgerEntry, type LiveEvent, type OpenFeed } from "./feed-store.ts";

const EVENT_OF: Readonly<Record<Transition["what"], string | null>> = {
  started: "overspeed-start",
  resumed: "overspeed-start",
  continued: null,
  closed: "overspeed-end",
  unclosed: "overspeed-unclosed",
};

const RULE_EVENT_OF: Readonly<Record<Transition["what"], string | null>> = {
  started: "rule-start",
  resumed: "rule-start",
  continued: null,
  closed: "rule-end",
  unclosed: "rule-unclosed",
};

/** Collects what a transaction changes and says, and writes it at its end, each table once. */
export class FeedChanges {
  readonly #open: OpenFeed;
  readonly #events: LiveEvent[] = [];
  readonly #episodes = new Map<string, WrittenEpisode>();
  readonly #alerts = new Map<string, WrittenAlert>();
  readonly #toDeliver: AlertToDeliver[] = [];
  readonly #withdrawn: string[] = [];

  constructor(open: OpenFeed) {
    this.#open = open;
    this.#closeFrame();
  }

  get isEmpty(): boolean {
    return this.#events.length === 0 && this.#episodes.size === 0;
  }

  /**
   * Closes the frame if its boundary has passed. It holds every record committed before and none after, because the
   * stream has one writer at a time; whoever writes first after the boundary closes it, for everybody.
   */
  #closeFrame(): void {
    const { feed, nowMs } = this.#open;
    const frameNo = frameNoAt(nowMs);
    if (frameNo <= feed.frameNo) return;
    if (feed.frameNo > 0) {
      const [fromSeq, toSeq] = [feed.frameAfterSeq + 1, feed.lastSeq];
      this.say("frame", { frameNo, endsAtMs: frameNo * FRAME_S * 1000, fromSeq, toSeq });
    }
    feed.frameNo = frameNo;
    feed.frameAfterSeq = feed.lastSeq;
  }

  say(kind: string, payload: Record<string, unknown>): void {
    const { feed } = this.#open;
    feed.lastEventNo += 1;
    this.#events.push({ eventNo: feed.lastEventNo, kind, payload });
  }

  /** Takes over what a record made of an episode; `isTold` false: nobody is told, as the state was known before. */
  note(driver: WrittenDriver, transition: Transition, isTold = true): void {
    const { episode, what, endSeq, endAtMs, durationS, reportedS } = transition;
    const { isLate, isSilent, ...rest } = episode;
    const state: EpisodeState = what === "closed" || what === "unclosed" ? what : isSilent ? "unclosed" : "open";
    const { driverNo } = driver;
    const own = { driverNo, ruleNo: null, place: null };
    this.#episodes.set(episode.id, { ...rest, ...own, state, endSeq, endAtMs, durationS, reportedS });
    const kind = EVENT_OF[what];
    if (isLate || episode.kind !== "overspeed" || kind === null) return;
    const speedKmh = this.#alerts.get(episode.id)?.speedKmh ?? episode.peakSpeedKmh;
    const noRule = { ruleNo: null, severity: null, isQuiet: false };
    this.#alerts.set(episode.id, { id: episode.id, driverNo, kind: episode.kind, state, speedKmh, ...noRule });
    if (isTold) this.say(kind, describe(driver, transition));
  }

  /**
   * Takes over what a record made of a stretch over a rule. That it goes on is written when it ends: with many rules it
   * would be a row for each of them and each record.
   */
  noteRule(driver: WrittenDriver, transition: RuleTransition, isTold = true): void {
    const { stretch, what, endSeq, endAtMs, durationS } = transition;
    const { id, ruleNo, isLate, isQuiet, isSilent, raisedSeq, raisedSpeedKmh, deviceSeq, ...rest } = stretch;
    if (what === "continued" && !this.#episodes.has(id)) return;
    const { driverNo } = driver;
    const state: EpisodeState = what === "closed" || what === "unclosed" ? what : isSilent ? "unclosed" : "open";
    const end = { endSeq, endAtMs, durationS, reportedS: NaN };
    this.#episodes.set(id, { ...rest, ...end, id, kind: "rule", driverNo, ruleNo, state });
    const version = this.#open.rules.versions.get(ruleNo);
    const kind = RULE_EVENT_OF[what];
    if (isLate || kind === null || !version) return;
    const { ruleId, version: ruleVersion, terms } = version;
    const { name: rule, severity, channels } = terms;
    this.#alerts.set(id, { id, driverNo, kind: "rule", state, speedKmh: raisedSpeedKmh, ruleNo, severity, isQuiet });
    if (what === "started" && !isQuiet) this.#toDeliver.push({ alertId: id, ruleId, channels });
    if (!isTold) return;
    const told = describe(driver, { ...transition, episode: stretch });
    const speed = what === "started" ? { speedKmh: raisedSpeedKmh } : {};
    this.say(kind, { ...told, ...speed, rule, ruleId, ruleVersion, severity, place: stretch.place, isQuiet });
  }

  /** Takes back an episode of a rule that late records have shown to be none. */
  withdraw(driver: WrittenDriver, { id, ruleNo, isTold }: KnownRuleEpisode): void {
    this.#withdrawn.push(id);
    const terms = this.#open.rules.versions.get(ruleNo)?.terms;
    if (isTold) this.say("rule-withdrawn", { episodeId: id, driver: driver.code, rule: terms?.name ?? "" });
  }

  async save(ledger: LedgerEntry | null): Promise<void> {
    const { client, feed, nowMs } = this.#open;
    const { workspaceId } = feed;
    await saveEpisodes(client, workspaceId, [...this.#episodes.values()]);
    await saveAlerts(client, { workspaceId, nowMs, alerts: [...this.#alerts.values()] });
    await saveDeliveries(client, { workspaceId, nowMs, alerts: this.#toDeliver });
    await withdrawEpisodes(client, { workspaceId, nowMs, ids: this.#withdrawn });
    await saveFeed(this.#open, { events: this.#events, ledger });
  }
}

interface Described extends Pick<Transition, "what" | "endAtMs" | "durationS"> {
  episode: Omit<Transition["episode"], "kind">;
  reportedS?: number;
}

function describe({ code }: WrittenDriver, transition: Described): Record<string, unknown> {
  const { episode, what, endAtMs, durationS, reportedS } = transition;
  const { id: episodeId, plate, latitude, longitude, peakSpeedKmh, recordCount } = episode;
  const start = { episodeId, driver: code, plate, at: wallText(episode.startAtMs), latitude, longitude };
  if (what === "started") return { ...start, speedKmh: peakSpeedKmh };
  const far = { ...start, peakSpeedKmh, recordCount };
  if (what === "closed")
    return { ...far, endedAt: wallText(endAtMs), durationS, ...(reportedS === undefined ? {} : { reportedS }) };
  return what === "resumed" ? { ...far, isResumed: true } : far;
}
