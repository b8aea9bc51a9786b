import { frameNoAt, FRAME_S, wallText } from "../core/frames.ts";
import type { EpisodeState, Transition } from "../core/track-episodes.ts";
import type { WrittenDriver } from "./drivers-store.ts";
import { saveAlerts, saveEpisodes, type WrittenAlert, type WrittenEpisode } from "./episodes-store.ts";
import { saveFeed, type LedgerEntry, type LiveEvent, type OpenFeed } from "./feed-store.ts";

const EVENT_OF: Readonly<Record<Transition["what"], string | null>> = {
  started: "overspeed-start",
  resumed: "overspeed-start",
  continued: null,
  closed: "overspeed-end",
  unclosed: "overspeed-unclosed",
};

/** Collects what a transaction changes and says, and writes it at its end, each table once. */
export class FeedChanges {
  readonly #open: OpenFeed;
  readonly #events: LiveEvent[] = [];
  readonly #episodes = new Map<string, WrittenEpisode>();
  readonly #alerts = new Map<string, WrittenAlert>();

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
    this.#episodes.set(episode.id, { ...rest, driverNo, state, endSeq, endAtMs, durationS, reportedS });
    const kind = EVENT_OF[what];
    if (isLate || episode.kind !== "overspeed" || kind === null) return;
    const speedKmh = this.#alerts.get(episode.id)?.speedKmh ?? episode.peakSpeedKmh;
    this.#alerts.set(episode.id, { id: episode.id, driverNo, kind: episode.kind, state, speedKmh });
    if (isTold) this.say(kind, describe(driver, transition));
  }

  async save(ledger: LedgerEntry | null): Promise<void> {
    const { client, feed, nowMs } = this.#open;
    const { workspaceId } = feed;
    await saveEpisodes(client, workspaceId, [...this.#episodes.values()]);
    await saveAlerts(client, { workspaceId, nowMs, alerts: [...this.#alerts.values()] });
    await saveFeed(this.#open, { events: this.#events, ledger });
  }
}

function describe({ code }: WrittenDriver, transition: Transition): Record<string, unknown> {
  const { episode, what, endAtMs, durationS, reportedS } = transition;
  const { id: episodeId, plate, latitude, longitude, peakSpeedKmh, recordCount } = episode;
  const start = { episodeId, driver: code, plate, at: wallText(episode.startAtMs), latitude, longitude };
  if (what === "started") return { ...start, speedKmh: peakSpeedKmh };
  const far = { ...start, peakSpeedKmh, recordCount };
  if (what === "closed") return { ...far, endedAt: wallText(endAtMs), durationS, reportedS };
  return what === "resumed" ? { ...far, isResumed: true } : far;
}
