import { toError } from "./slots.ts";
import type { Clock, OnlineSignal } from "./types.ts";

/** Resolves after the delay; rejects with the signal's reason. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(toError(signal.reason));
      return;
    }
    const stop = clock.after(delayMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    const onAbort = () => {
      stop();
      reject(toError(signal.reason));
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Resolves when the browser says it is online; at once when it is. Rejects with the signal's reason. */
export function whenOnline(online: OnlineSignal, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(toError(signal.reason));
      return;
    }
    if (online.isOnline()) {
      resolve();
      return;
    }
    const onAbort = () => {
      unsubscribe();
      reject(toError(signal.reason));
    };
    const unsubscribe = online.subscribe(() => {
      if (!online.isOnline()) return;
      unsubscribe();
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Sleeps, but ends early when the browser comes back online. Rejects with the signal's reason. */
export async function sleepOrOnline(
  ports: { clock: Clock; online: OnlineSignal },
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  const early = new AbortController();
  const unsubscribe = ports.online.subscribe(() => {
    if (ports.online.isOnline()) early.abort();
  });
  try {
    await sleep(ports.clock, delayMs, AbortSignal.any([signal, early.signal]));
  } catch (error) {
    if (signal.aborted || !early.signal.aborted) throw error;
  } finally {
    unsubscribe();
  }
}
