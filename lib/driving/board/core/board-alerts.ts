import type { Severity } from "../../rules/core/rule.ts";
import type { ToldEpisode } from "./stream-events.ts";

export interface BoardAlert {
  id: string;
  driver: string;
  plate: string;
  state: "open" | "closed" | "unclosed" | "withdrawn";
  /** The workspace's rule that raised it; null: the device's own. */
  rule: string | null;
  severity: Severity | null;
  /** Wall clocks as the vehicle sent them. */
  startAt: string;
  endAt: string | null;
  durationS: number | null;
  speedKmh: number;
  peakSpeedKmh: number;
  latitude: number;
  longitude: number;
  /** By the portal's clock. */
  raisedAtMs: number;
  verdict: "acknowledged" | "excused" | null;
  verdictComment: string;
  verdictByLabel: string | null;
}

const KEPT_MAX = 200;

/** The newest alerts, kept current by the stream. */
export class BoardAlerts {
  readonly #byId = new Map<string, BoardAlert>();
  /** Number of the last event about each. */
  readonly #toldBy = new Map<string, number>();

  /**
   * Takes alerts as the database held them after event `asOfEventNo`: what an event has told since is newer, although
   * the list came later.
   */
  load(alerts: readonly BoardAlert[], asOfEventNo: number): void {
    for (const alert of alerts) {
      if ((this.#toldBy.get(alert.id) ?? -1) <= asOfEventNo) this.#byId.set(alert.id, alert);
    }
    this.#trim();
  }

  raise(told: ToldEpisode, nowMs: number): void {
    const { episodeId: id, driver, plate, at: startAt, latitude, longitude, speedKmh, peakSpeedKmh } = told;
    const known = this.#byId.get(id);
    this.#toldBy.set(id, told.eventNo);
    const peak = Math.max(known?.peakSpeedKmh ?? 0, peakSpeedKmh ?? 0, speedKmh ?? 0);
    this.#byId.set(id, {
      ...{ id, driver, plate, startAt, latitude, longitude, state: "open", endAt: null, durationS: null },
      ...{ speedKmh: known?.speedKmh ?? speedKmh ?? peak, peakSpeedKmh: peak, raisedAtMs: known?.raisedAtMs ?? nowMs },
      ...{ rule: told.rule ?? null, severity: told.severity ?? null },
      verdict: known?.verdict ?? null,
      verdictComment: known?.verdictComment ?? "",
      verdictByLabel: known?.verdictByLabel ?? null,
    });
    this.#trim();
  }

  end(told: ToldEpisode, state: "closed" | "unclosed", nowMs: number): void {
    if (!this.#byId.has(told.episodeId)) this.raise(told, nowMs);
    const alert = this.#byId.get(told.episodeId);
    if (!alert) return;
    this.#toldBy.set(alert.id, told.eventNo);
    const { endedAt = null, durationS = null, peakSpeedKmh = alert.peakSpeedKmh } = told;
    this.#byId.set(alert.id, { ...alert, state, endAt: endedAt, durationS, peakSpeedKmh });
  }

  /** Late records showed that the rule was not broken. */
  withdraw({ episodeId: id, eventNo }: { episodeId: string; eventNo: number }): void {
    const alert = this.#byId.get(id);
    this.#toldBy.set(id, eventNo);
    if (alert) this.#byId.set(id, { ...alert, state: "withdrawn" });
  }

  judge(
    { id, eventNo }: { id: string; eventNo: number },
    said: Pick<BoardAlert, "verdict" | "verdictComment" | "verdictByLabel">,
  ): void {
    const alert = this.#byId.get(id);
    this.#toldBy.set(id, eventNo);
    if (alert) this.#byId.set(id, { ...alert, ...said });
  }

  get(id: string): BoardAlert | undefined {
    return this.#byId.get(id);
  }

  /** Open ones that nobody has judged first, then the newest. */
  list(): BoardAlert[] {
    const rank = ({ state, verdict }: BoardAlert) => (state === "open" && verdict === null ? 0 : 1);
    return [...this.#byId.values()].sort((a, b) => rank(a) - rank(b) || b.raisedAtMs - a.raisedAtMs);
  }

  #trim(): void {
    if (this.#byId.size <= KEPT_MAX * 2) return;
    for (const { id } of this.list().slice(KEPT_MAX)) {
      this.#byId.delete(id);
      this.#toldBy.delete(id);
    }
  }
}
