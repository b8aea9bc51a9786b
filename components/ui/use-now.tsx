"use client";

import { useCallback, useState, useSyncExternalStore } from "react";
import { toMs, type Instant } from "#lib/format/dates";

const SECOND_MS = 1000;

let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for the whole page, so that all ages change together and a hundred of them cost one timer. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, SECOND_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The current instant in epoch ms, renewed every `everyS`. It starts at `initial`, so that server and browser agree;
 * without it (in what only a browser draws) at the clock's.
 */
export function useNow(initial: Instant | undefined, everyS: number): number {
  const [initialMs] = useState(() => (initial === undefined ? Date.now() : toMs(initial)));
  const stepMs = everyS * SECOND_MS;
  const read = useCallback(() => Math.max(initialMs, Math.floor(Date.now() / stepMs) * stepMs), [initialMs, stepMs]);
  return useSyncExternalStore(subscribe, read, () => initialMs);
}
