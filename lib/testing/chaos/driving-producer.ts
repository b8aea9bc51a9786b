import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "#lib/math/random";

const RETRY_MS = 150;
const CALL_LIMIT_MS = 10_000;
const START_MS = Date.UTC(2026, 0, 1);

export interface ProducerSite {
  url: string;
  apiKey: string;
  driver: string;
  /** How a repeated call is known again: by its own key, or by the numbers of its records. */
  repeats: "idempotency-key" | "sequence";
}

/** A vehicle that sends batch after batch, each again and again until it is acknowledged. */
export class Producer {
  readonly #site: ProducerSite;
  readonly #random: Random;
  #next = 0;
  #calls = 0;
  /** Calls that were sent more than once. */
  repeated = 0;

  constructor(site: ProducerSite, random: Random) {
    this.#site = site;
    this.#random = random;
  }

  get driver(): string {
    return this.#site.driver;
  }

  /** Records acknowledged so far: one for each second since the beginning. */
  get acknowledged(): number {
    return this.#next;
  }

  async sendUntil(endMs: number, deadline: AbortSignal): Promise<void> {
    while (performance.now() < endMs) {
      const count = this.#random.integer(1, 40);
      const records = Array.from({ length: count }, (_, index) => this.#record(this.#next + index));
      await this.#acknowledge(JSON.stringify(records), deadline);
      this.#next += count;
      await delay(this.#random.integer(0, 30));
    }
  }

  #record(index: number): Record<string, unknown> {
    const at = new Date(START_MS + index * 1000).toISOString().slice(0, 19).replace("T", " ");
    const place = { driverID: this.#site.driver, carPlateNumber: "FP 1", Latitude: "47.6", Longtitude: "-122.3" };
    const number = this.#site.repeats === "sequence" ? { sequence: index } : {};
    const ends = { isOverspeedFinished: "1", overspeedTime: "3" };
    const flags = index % 10 === 4 ? { isOverspeed: "1" } : index % 10 === 7 ? ends : {};
    return { ...place, Speed: String(60 + (index % 80)), Time: at, ...number, ...flags };
  }

  async #acknowledge(body: string, deadline: AbortSignal): Promise<void> {
    const { url, apiKey, repeats, driver } = this.#site;
    this.#calls += 1;
    const key: Record<string, string> =
      repeats === "idempotency-key" ? { "idempotency-key": `${driver} ${this.#calls}` } : {};
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...key };
    for (let tries = 0; ; tries += 1) {
      deadline.throwIfAborted();
      const signal = AbortSignal.any([deadline, AbortSignal.timeout(CALL_LIMIT_MS)]);
      const response = await fetch(`${url}/api/v1/driving/records`, { method: "POST", headers, body, signal }).catch(
        () => null,
      );
      const text = await response?.text().catch(() => null);
      if (tries === 1) this.repeated += 1;
      if (response?.ok && typeof text === "string") return;
      if (response && response.status < 500 && response.status !== 429 && typeof text === "string") {
        throw new Error(`POST /driving/records answered ${response.status}: ${text}`);
      }
      await delay(RETRY_MS);
    }
  }
}
