import type { OnlineSignal } from "#lib/uploads/engine/types";

const PROBE_PATH = "/api/v1/health";
const PROBE_TIMEOUT_MS = 3000;
const PROBE_EVERY_MS = 5000;

/**
 * Online until proven otherwise. Browsers say "offline" as soon as no outer network is up, also to a portal on the
 * same machine or in a closed network, so the portal itself is asked before anything pauses.
 */
export function createOnlineSignal(): OnlineSignal {
  const listeners = new Set<() => void>();
  let isOnline = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (next: boolean) => {
    clearTimeout(timer);
    if (!next) timer = setTimeout(() => void probe(), PROBE_EVERY_MS);
    if (next === isOnline) return;
    isOnline = next;
    for (const listener of [...listeners]) listener();
  };
  const probe = async () => {
    if (!navigator.onLine) set(await answers());
    else set(true);
  };
  const watch = () => void probe();
  return {
    isOnline: () => isOnline,
    subscribe(listener) {
      if (listeners.size === 0) {
        window.addEventListener("online", watch);
        window.addEventListener("offline", watch);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        window.removeEventListener("online", watch);
        window.removeEventListener("offline", watch);
      };
    },
  };
}

async function answers(): Promise<boolean> {
  try {
    await fetch(PROBE_PATH, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
