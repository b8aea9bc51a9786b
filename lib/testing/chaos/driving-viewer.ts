import { setTimeout as delay } from "node:timers/promises";

const RETRY_MS = 200;

/** Somebody who watches and comes back whenever the stream breaks, as a browser does. Notes every number that is missing. */
export class StreamViewer {
  readonly problems: string[] = [];
  readonly #url: string;
  readonly #apiKey: string;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #lastId: number | null = null;
  #frameToSeq: number | null = null;
  seen = 0;
  connections = 0;

  constructor({ url, apiKey }: { url: string; apiKey: string }) {
    this.#url = url;
    this.#apiKey = apiKey;
    this.#done = this.#watch();
  }

  /** Number of the newest event seen. */
  get lastId(): number {
    return this.#lastId ?? 0;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #watch(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#connect();
      } catch {
        // Broken: the next round resumes.
      }
      await delay(RETRY_MS);
    }
  }

  async #connect(): Promise<void> {
    const resume: Record<string, string> = this.#lastId === null ? {} : { "last-event-id": String(this.#lastId) };
    const headers = { authorization: `Bearer ${this.#apiKey}`, accept: "text/event-stream", ...resume };
    const response = await fetch(`${this.#url}/api/v1/driving/live`, { headers, signal: this.#stop.signal });
    if (!response.ok || !response.body) return;
    this.connections += 1;
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const id = Number(/^id: (\d+)$/m.exec(block)?.[1] ?? NaN);
    const event = /^event: (\S+)$/m.exec(block)?.[1];
    if (!Number.isFinite(id)) return;
    if (event === "snapshot") {
      if (this.#lastId !== null) this.problems.push(`a snapshot instead of what came after ${this.#lastId}`);
    } else {
      this.seen += 1;
      if (id !== this.lastId + 1) this.problems.push(`event ${id} after ${this.lastId}`);
      if (event === "frame") this.#takeFrame(block);
    }
    this.#lastId = id;
  }

  #takeFrame(block: string): void {
    const fromSeq = Number(/"fromSeq":(\d+)/.exec(block)?.[1]);
    const toSeq = Number(/"toSeq":(\d+)/.exec(block)?.[1]);
    if (this.#frameToSeq !== null && fromSeq !== this.#frameToSeq + 1) {
      this.problems.push(`a frame from record ${fromSeq} after one to record ${this.#frameToSeq}`);
    }
    this.#frameToSeq = toSeq;
  }
}
