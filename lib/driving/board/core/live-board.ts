import { AppliedRanges } from "./applied-ranges.ts";
import { BoardAlerts, type BoardAlert } from "./board-alerts.ts";
import { sayEvent, sayFrame, sayRecord, type FeedLine } from "./feed-words.ts";
import type { DriverNow, FrameEvent, LiveRecord, StreamEvent, ToldEpisode } from "./stream-events.ts";
import { advanceVehicle, newVehicle, refreshVehicle, type Vehicle } from "./vehicle.ts";

const FEED_MAX = 200;
const FRAMES_MAX = 20;
const FRAME_MS = 30_000;

export interface FrameHead {
  frameNo: number;
  endsAtMs: number;
  count: number;
  lateCount: number;
}

/** What the page draws: made anew whenever something changed, over the same vehicles. */
export interface BoardView {
  vehicles: ReadonlyMap<string, Vehicle>;
  alerts: readonly BoardAlert[];
  feed: readonly FeedLine[];
  /** Newest first. */
  frames: readonly FrameHead[];
  nextFrameAtMs: number | null;
  /** Newest record's arrival by the portal's clock; null before the first. */
  lastReceivedAtMs: number | null;
  lastEventNo: number;
  /** The portal's clock minus this browser's. */
  clockOffsetMs: number;
  gapS: number;
}

/** The state behind the live page, built from the stream's events and from nothing else but the alerts' list. */
export class LiveBoard {
  readonly #vehicles = new Map<string, Vehicle>();
  readonly #alerts = new BoardAlerts();
  readonly #applied = new AppliedRanges();
  /** Drivers of the open episodes of overspeed, the device's and the rules'. */
  readonly #openBy = new Map<string, string>();
  #feed: FeedLine[] = [];
  #frames: FrameHead[] = [];
  #nextFrameAtMs: number | null = null;
  #lastReceivedAtMs: number | null = null;
  #lastEventNo = 0;
  #clockOffsetMs = 0;
  #isClockSet = false;
  #gapS = 60;
  #lineNo = 0;

  view(): BoardView {
    return {
      vehicles: this.#vehicles,
      alerts: this.#alerts.list(),
      feed: this.#feed,
      frames: this.#frames,
      nextFrameAtMs: this.#nextFrameAtMs,
      lastReceivedAtMs: this.#lastReceivedAtMs,
      lastEventNo: this.#lastEventNo,
      clockOffsetMs: this.#clockOffsetMs,
      gapS: this.#gapS,
    };
  }

  get lastEventNo(): number {
    return this.#lastEventNo;
  }

  /** `asOfEventNo`: the last event known when the list was asked for. */
  loadAlerts(alerts: readonly BoardAlert[], asOfEventNo: number): void {
    this.#alerts.load(alerts, asOfEventNo);
  }

  /** `browserMs` is this browser's clock when the event came. */
  take(event: StreamEvent, browserMs: number): void {
    switch (event.event) {
      case "snapshot":
        this.#begin(event.data, browserMs);
        break;
      case "status":
        this.#setClock(event.data.nowMs, browserMs);
        this.#refresh(event.data.drivers);
        break;
      case "records": {
        const { nowMs, drivers, records, fromSeq, toSeq } = event.data;
        this.#setClock(nowMs, browserMs);
        this.#refresh(drivers);
        this.#noteArrival(nowMs);
        if (!records) break;
        this.#advance(this.#unknown(records), nowMs);
        this.#applied.add(fromSeq, toSeq);
        break;
      }
      case "frame":
        this.#lastEventNo = event.data.eventNo ?? this.#lastEventNo;
        this.#takeFrame(event.data);
        break;
      case "alert":
      case "overspeed-start":
      case "overspeed-end":
      case "overspeed-unclosed":
      case "rule-start":
      case "rule-end":
      case "rule-unclosed":
      case "rule-withdrawn":
        this.#lastEventNo = event.data.eventNo;
        this.#tell(event, browserMs + this.#clockOffsetMs);
    }
  }

  #begin(data: Extract<StreamEvent, { event: "snapshot" }>["data"], browserMs: number): void {
    this.#isClockSet = false;
    this.#setClock(data.nowMs, browserMs);
    this.#gapS = data.gapS;
    this.#lastEventNo = data.lastEventNo;
    this.#openBy.clear();
    for (const vehicle of this.#vehicles.values()) vehicle.overLimit.clear();
    this.#refresh(data.drivers);
    for (const frame of data.frames) this.#takeFrame(frame);
    this.#advance(this.#unknown(data.records), NaN);
    const [first] = data.records;
    if (first) this.#applied.add(first.seq, data.lastSeq);
    this.#nextFrameAtMs = data.nextFrameAtMs;
    for (const vehicle of this.#vehicles.values()) vehicle.isCoasting = false;
    for (const { kind, episodeId, driver } of data.openEpisodes) {
      const vehicle = this.#vehicles.get(driver);
      if (kind !== "neutral-slide") this.#open(episodeId, driver);
      else if (vehicle) vehicle.isCoasting = true;
    }
  }

  /** The answer that took the least time to come tells the difference best. */
  #setClock(nowMs: number, browserMs: number): void {
    const offsetMs = nowMs - browserMs;
    this.#clockOffsetMs = this.#isClockSet ? Math.max(this.#clockOffsetMs, offsetMs) : offsetMs;
    this.#isClockSet = true;
  }

  #noteArrival(atMs: number): void {
    if (atMs === atMs) this.#lastReceivedAtMs = Math.max(this.#lastReceivedAtMs ?? 0, atMs);
  }

  #refresh(drivers: readonly DriverNow[]): void {
    for (const now of drivers) {
      const known = this.#vehicles.get(now.driver);
      if (known) refreshVehicle(known, now);
      else this.#meet(now);
      this.#noteArrival(now.receivedAtMs);
    }
  }

  #advance(records: readonly LiveRecord[], receivedAtMs: number): void {
    for (const record of records) {
      const vehicle = this.#vehicles.get(record.driver) ?? this.#meet(firstSeen(record, receivedAtMs));
      advanceVehicle(vehicle, record, receivedAtMs === receivedAtMs ? receivedAtMs : vehicle.receivedAtMs);
      for (const said of sayRecord(record))
        this.#say({ ...said, driver: record.driver, plate: record.plate }, receivedAtMs);
    }
  }

  #unknown(records: readonly LiveRecord[]): LiveRecord[] {
    return records.filter(({ seq }) => !this.#applied.has(seq));
  }

  /** An alert may be told before the first record of its driver. */
  #meet(now: DriverNow): Vehicle {
    const vehicle = newVehicle(now);
    for (const [episodeId, driver] of this.#openBy) if (driver === now.driver) vehicle.overLimit.add(episodeId);
    this.#vehicles.set(now.driver, vehicle);
    return vehicle;
  }

  #takeFrame(frame: FrameEvent): void {
    const { frameNo, endsAtMs, nextAtMs, count, lateCount, records, toSeq } = frame;
    if (frameNo <= (this.#frames[0]?.frameNo ?? 0)) return;
    this.#advance(this.#unknown(records), endsAtMs);
    this.#applied.forgetUpTo(toSeq);
    this.#frames = [{ frameNo, endsAtMs, count, lateCount }, ...this.#frames].slice(0, FRAMES_MAX);
    this.#nextFrameAtMs = Math.max(this.#nextFrameAtMs ?? 0, nextAtMs, endsAtMs + FRAME_MS);
    const said = sayFrame(frame);
    if (said) this.#say({ ...said, driver: null, plate: "" }, endsAtMs);
  }

  #tell(told: Exclude<StreamEvent, { event: "snapshot" | "status" | "records" | "frame" }>, nowMs: number): void {
    const { driver, episodeId } = told.data;
    if (told.event === "alert") {
      const { verdict, comment: verdictComment, byLabel: verdictByLabel } = told.data;
      this.#alerts.judge({ id: episodeId, eventNo: told.data.eventNo }, { verdict, verdictComment, verdictByLabel });
    } else if (told.event === "rule-withdrawn") {
      this.#close(told.data);
      this.#alerts.withdraw(told.data);
    } else this.#takeEpisode(told.event, told.data, nowMs);
    this.#say({ ...sayEvent(told), driver, plate: this.#vehicles.get(driver)?.plate ?? "" }, nowMs);
  }

  #takeEpisode(name: string, told: ToldEpisode, nowMs: number) {
    if (name.endsWith("-start")) {
      this.#open(told.episodeId, told.driver);
      this.#alerts.raise(told, nowMs);
      return;
    }
    this.#close(told);
    this.#alerts.end(told, name.endsWith("-end") ? "closed" : "unclosed", nowMs);
  }

  #close({ episodeId, driver }: Pick<ToldEpisode, "episodeId" | "driver">): void {
    this.#openBy.delete(episodeId);
    this.#vehicles.get(driver)?.overLimit.delete(episodeId);
  }

  #open(episodeId: string, driver: string): void {
    this.#openBy.set(episodeId, driver);
    this.#vehicles.get(driver)?.overLimit.add(episodeId);
  }

  #say(line: Omit<FeedLine, "id" | "toldAtMs">, toldAtMs: number): void {
    this.#lineNo += 1;
    const at = toldAtMs === toldAtMs ? toldAtMs : (this.#lastReceivedAtMs ?? 0);
    this.#feed = [{ ...line, id: String(this.#lineNo), toldAtMs: at }, ...this.#feed].slice(0, FEED_MAX);
  }
}

function firstSeen(record: LiveRecord, receivedAtMs: number): DriverNow {
  return { ...record, receivedAtMs: Number.isNaN(receivedAtMs) ? 0 : receivedAtMs, lateCount: 0 };
}
