import { log } from "#lib/log";
import { messageOf } from "#lib/errors";
import { publish } from "#lib/live/publish";
import { MemoryRecorder } from "./memory-series.ts";
import { appendRunLog, closeSteps, recordStep, renewLease, type Lease, type LogEntry } from "./store.ts";

const FLUSH_MS = 200;
const MAX_LINES = 20_000;
const MAX_LINE_CHARS = 4_000;

/** Collects what a run says and writes it in small batches, so that a chatty run does not drown the database. */
export class RunReporter {
  progressFraction = 0;
  step = "";
  peakMemoryBytes = 0;
  readonly #lease: Lease;
  readonly #memory = new MemoryRecorder(Date.now());
  #pending: LogEntry[] = [];
  #lineCount = 0;
  #stepCount = 0;
  #isProgressNew = false;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(lease: Lease) {
    this.#lease = lease;
  }

  log(level: LogEntry["level"], text: string, at = new Date()): void {
    this.#lineCount += 1;
    if (this.#lineCount === MAX_LINES) text = `Log stopped after ${MAX_LINES} lines; the run goes on.`;
    if (this.#lineCount > MAX_LINES) return;
    // PostgreSQL text holds no NUL.
    this.#pending.push({ at, level, text: text.replaceAll("\u0000", "").slice(0, MAX_LINE_CHARS) });
    this.#schedule();
  }

  progress(fraction: number, step?: string): void {
    this.progressFraction = Math.min(1, Math.max(0, fraction));
    this.#isProgressNew = true;
    if (step !== undefined && step !== this.step) {
      this.step = step;
      const entry = { ordinal: this.#stepCount++, name: step, startedAt: new Date() };
      this.#enqueue(() => recordStep(this.#lease, entry));
    }
    this.#schedule();
  }

  memory(rssBytes: number): void {
    this.peakMemoryBytes = Math.max(this.peakMemoryBytes, rssBytes);
    this.#memory.add(rssBytes, Date.now());
  }

  async heartbeat(): Promise<{ isOurs: boolean; isCancelRequested: boolean }> {
    const { progressFraction, step, peakMemoryBytes } = this;
    return renewLease(this.#lease, { progressFraction, step, peakMemoryBytes, memory: this.#memory.series() });
  }

  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const entries = this.#pending;
    const isProgressNew = this.#isProgressNew;
    this.#pending = [];
    this.#isProgressNew = false;
    this.#enqueue(async () => {
      if (entries.length > 0) await appendRunLog(this.#lease, entries);
      if (isProgressNew) await this.heartbeat();
      const { workspaceId, runId } = this.#lease;
      if (entries.length > 0 || isProgressNew) await publish({ workspaceId, topic: "run-log", id: runId });
    });
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await closeSteps(this.#lease, new Date()).catch(() => undefined);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Writes follow one another; a failed one is reported but never ends the run it describes. */
  #enqueue(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write).catch((error: unknown) => {
      log.warn("run.report_failed", { runId: this.#lease.runId, error: messageOf(error) });
    });
  }
}
