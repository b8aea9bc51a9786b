const TICK_MS = 5000;

let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The clock for words like “6 min”; a rendering that needs a stable one is handed the instant instead. */
export function clockMs(): number {
  return Date.now();
}

/** The time of the last shared tick, so that all ages on a page change together. */
export function tickMs(): number {
  if (current === 0) current = clockMs();
  return current;
}

export function subscribeToTicks(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = clockMs();
    timer = setInterval(() => {
      current = clockMs();
      for (const tell of listeners) tell();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
