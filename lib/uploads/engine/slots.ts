/** A counted, fair semaphore: waiters are served in the order they came. */
export class Slots {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves to the function that gives the slot back; rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(toError(signal.reason));
        return;
      }
      const grant = () => {
        signal.removeEventListener("abort", leave);
        resolve(this.#release());
      };
      const leave = () => {
        const place = this.#queue.indexOf(grant);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(toError(signal.reason));
      };
      if (this.#free > 0) {
        this.#free -= 1;
        grant();
        return;
      }
      signal.addEventListener("abort", leave, { once: true });
      this.#queue.push(grant);
    });
  }

  #release(): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    };
  }
}

export function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
