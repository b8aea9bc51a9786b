import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ChildPreparation } from "./protocol.ts";

const ENTRY = fileURLToPath(new URL("../../../bin/run-child.ts", import.meta.url));
/** V8's own heap limit; the real limit of a run is its resident memory, watched by the worker. */
const OLD_SPACE_MB = 6144;

/**
 * Keeps one process booted ahead, so that a run starts in milliseconds. A child executes one run and ends: no run
 * sees another's memory. What a worker computed last it will probably compute next, so the spare has that loaded, too.
 */
export class ChildPool {
  #spare: ChildProcess | null = null;
  #isClosed = false;
  #lastAlgorithm: string | null = null;

  warm(): void {
    if (this.#spare || this.#isClosed) return;
    const child = spawnChild();
    this.#spare = child;
    if (this.#lastAlgorithm !== null) {
      child.send({ kind: "prepare", algorithm: this.#lastAlgorithm } satisfies ChildPreparation, () => undefined);
    }
    child.once("exit", () => {
      if (this.#spare === child) this.#spare = null;
    });
  }

  take(algorithm: string): ChildProcess {
    this.#lastAlgorithm = algorithm;
    const child = this.#spare?.connected ? this.#spare : spawnChild();
    this.#spare = null;
    // The next spare boots after the present run had a moment to start: on two cores they would compete.
    setTimeout(() => this.warm(), 250).unref();
    return child;
  }

  close(): void {
    this.#isClosed = true;
    this.#spare?.kill("SIGKILL");
    this.#spare = null;
  }
}

/** The worker process's children. */
export const childPool = new ChildPool();

function spawnChild(): ChildProcess {
  return fork(ENTRY, [], {
    execArgv: [`--max-old-space-size=${OLD_SPACE_MB}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
}
