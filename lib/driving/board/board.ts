import { overspeedSentence, sentencesOf } from "./sentences.ts";
import {
  streamEvents,
  type StreamEventName,
  type StreamOverspeed,
  type StreamRecord,
  type StreamVehicle,
} from "./stream-schema.ts";

export interface BoardAlert extends StreamOverspeed {
  state: "open" | "closed" | "unclosed";
  verdict: string | null;
}

export interface FeedLine {
  key: number;
  at: string;
  driver: string;
  text: string;
}

/** Speed of one driver over wall-clock time, oldest first. */
export interface Track {
  atMs: number[];
  speedKmh: number[];
}

export interface BoardView {
  vehicles: readonly StreamVehicle[];
  /** Open ones first, then the newest. */
  alerts: readonly BoardAlert[];
  feed: readonly FeedLine[];
  frameNo: number | null;
  nextFrameAtMs: number | null;
  /** The server's clock minus ours. */
  clockOffsetMs: number;
  /** When something was last received, by our clock. */
  receivedAtMs: number | null;
}

const FEED_LINES = 100;
const ENDED_ALERTS = 100;
const TRACK_POINTS = 400;

const msOf = (at: string) => Date.parse(`${at.replace(" ", "T")}Z`);

/** What the live page knows, kept from the events of the stream. Records are known by number, so repeats change nothing. */
export class Board {
  readonly #vehicles = new Map<string, StreamVehicle>();
  readonly #alerts = new Map<string, BoardAlert>();
  readonly #tracks = new Map<string, Track>();
  #feed: FeedLine[] = [];
  #lines = 0;
  #newestSeq = 0;
  #frameNo: number | null = null;
  #nextFrameAtMs: number | null = null;
  #clockOffsetMs = 0;
  #receivedAtMs: number | null = null;

  /** Takes an event as it came; one that cannot be read is passed over. */
  apply(event: StreamEventName, data: unknown, receivedAtMs: number): void {
    const parsed = streamEvents[event].safeParse(data);
    if (!parsed.success) return;
    this.#receivedAtMs = receivedAtMs;
    if (event === "snapshot") this.#takeSnapshot(streamEvents.snapshot.parse(data), receivedAtMs);
    else if (event === "status" || event === "records") {
      const { nowMs, drivers, records } = { records: [], ...streamEvents[event].parse(data) };
      this.#clockOffsetMs = nowMs - receivedAtMs;
      for (const vehicle of drivers) this.#move(vehicle);
      this.#takeRecords(records);
    } else if (event === "frame") {
      const { frameNo, nextAtMs, records } = streamEvents.frame.parse(data);
      [this.#frameNo, this.#nextFrameAtMs] = [frameNo, nextAtMs];
      this.#takeRecords(records);
    } else if (event === "alert") {
      const { episodeId, verdict } = streamEvents.alert.parse(data);
      const alert = this.#alerts.get(episodeId);
      if (alert) this.#alerts.set(episodeId, { ...alert, verdict });
    } else this.#takeOverspeed(event, streamEvents[event].parse(data));
  }

  #takeSnapshot(snapshot: ReturnType<typeof streamEvents.snapshot.parse>, receivedAtMs: number): void {
    this.#clockOffsetMs = snapshot.nowMs - receivedAtMs;
    this.#nextFrameAtMs = snapshot.nextFrameAtMs;
    this.#frameNo = snapshot.frames.at(-1)?.frameNo ?? null;
    this.#alerts.clear();
    for (const { kind, ...episode } of snapshot.openEpisodes) {
      if (kind === "overspeed") this.#alerts.set(episode.episodeId, { ...episode, state: "open" });
    }
    for (const { records } of snapshot.frames) this.#takeRecords(records);
    this.#takeRecords(snapshot.records);
    for (const vehicle of snapshot.drivers) this.#move(vehicle);
  }

  #takeRecords(records: readonly StreamRecord[]): void {
    for (const record of records) {
      const [seq, driver, plate, at, speedKmh, latitude, longitude, directionDeg] = record;
      if (seq <= this.#newestSeq) continue;
      this.#newestSeq = seq;
      this.#move({ driver, plate, at, seq, latitude, longitude, speedKmh, directionDeg });
      this.#draw(driver, msOf(at), speedKmh);
      for (const text of sentencesOf(record)) this.#say({ at, driver, text });
    }
  }

  /** A record that came late does not move its vehicle back. */
  #move(vehicle: StreamVehicle): void {
    const before = this.#vehicles.get(vehicle.driver);
    if (!before || vehicle.at >= before.at) this.#vehicles.set(vehicle.driver, vehicle);
  }

  #draw(driver: string, atMs: number, speedKmh: number): void {
    const track = this.#tracks.get(driver) ?? { atMs: [], speedKmh: [] };
    if (atMs < (track.atMs.at(-1) ?? -Infinity)) return;
    track.atMs.push(atMs);
    track.speedKmh.push(speedKmh);
    if (track.atMs.length > 2 * TRACK_POINTS) {
      track.atMs.splice(0, TRACK_POINTS);
      track.speedKmh.splice(0, TRACK_POINTS);
    }
    this.#tracks.set(driver, track);
  }

  #takeOverspeed(event: string, episode: StreamOverspeed): void {
    const before = this.#alerts.get(episode.episodeId);
    const state = event === "overspeed-start" ? "open" : event === "overspeed-end" ? "closed" : "unclosed";
    this.#alerts.set(episode.episodeId, { verdict: null, ...before, ...episode, state });
    this.#say({ at: episode.at, driver: episode.driver, text: overspeedSentence(event, episode) });
    this.#forgetEnded();
  }

  #forgetEnded(): void {
    const ended = [...this.#alerts.values()].filter(({ state }) => state !== "open");
    for (const { episodeId } of ended.slice(0, Math.max(0, ended.length - ENDED_ALERTS)))
      this.#alerts.delete(episodeId);
  }

  #say(line: Omit<FeedLine, "key">): void {
    this.#lines += 1;
    this.#feed.push({ ...line, key: this.#lines });
    if (this.#feed.length > 2 * FEED_LINES) this.#feed = this.#feed.slice(-FEED_LINES);
  }

  trackOf(driver: string): Track {
    return this.#tracks.get(driver) ?? { atMs: [], speedKmh: [] };
  }

  view(): BoardView {
    const alerts = [...this.#alerts.values()].reverse();
    const isOpen = ({ state }: BoardAlert) => state === "open";
    return {
      vehicles: [...this.#vehicles.values()],
      alerts: [...alerts.filter(isOpen), ...alerts.filter((alert) => !isOpen(alert))],
      feed: this.#feed.slice(-FEED_LINES).reverse(),
      frameNo: this.#frameNo,
      nextFrameAtMs: this.#nextFrameAtMs,
      clockOffsetMs: this.#clockOffsetMs,
      receivedAtMs: this.#receivedAtMs,
    };
  }
}
